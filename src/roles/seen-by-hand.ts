import { takeAskedCheck } from '../app/incidents/asked-check.ts';
import type { Report } from '../domain/report.ts';
import type { WorkerTools } from './tools.ts';

/**
 * What a check that a person asked for means for incidents. Done before the report is stored: a worker that dies in
 * between does it again. The report matters more than a card, so a failure is logged and no more.
 */
export async function seenByHand(tools: WorkerTools, report: Report): Promise<void> {
  const { runId } = report;
  await takeAskedCheck(tools, report).catch((error: unknown) =>
    tools.log.error({ runId, error }, 'a check that was asked for did not reach the incidents'),
  );
}
