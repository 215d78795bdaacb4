import { randomUUID } from 'node:crypto';
import type { Calls } from '../app/calls.ts';
import type { Integration } from '../app/integration.ts';
import { verify } from '../app/verify.ts';
import { nothingWatched, watchedSecrets } from '../app/watched-secrets.ts';
import type { Batch } from '../domain/batch.ts';
import { GapError } from '../domain/gap.ts';
import type { Report } from '../domain/report.ts';
import type { JobOf } from '../queue/jobs.ts';
import type { WorkerTools } from './tools.ts';

/** What one integration contributes: the secrets to check, or why they cannot be listed. */
type Share = {
  integration: Integration;
  names: string[];
  unwatched: number | null;
  problem: string | null;
  /** What the listing sent counts among the calls of the batch. */
  calls: Calls;
};

/**
 * Checks all watched secrets and keeps the batch's record as results come. Run again after a kill, it goes on with the
 * secrets that have no result yet.
 */
export async function verifyAll(
  tools: WorkerTools,
  job: JobOf<'verify-all'>,
  started: () => Promise<void>,
): Promise<void> {
  const chosen = tools.integrations.filter(
    ({ settings }) => job.integration === null || settings.integration === job.integration,
  );
  const shares = await Promise.all(chosen.map((integration) => shareOf(integration, tools)));
  const before = await tools.records.batches.load(job.batchId);
  const batch = before ?? openBatch(job.batchId, shares, tools.clock.now());
  await tools.records.batches.save(batch);
  await started();
  const keep = keeper(tools, batch);
  await Promise.all(shares.map((share) => checkShare(tools, share, batch, keep.add)));
  await keep.finish();
}

function openBatch(batchId: string, shares: readonly Share[], now: number): Batch {
  return {
    batchId,
    startedAt: new Date(now).toISOString(),
    finishedAt: null,
    total: shares.reduce((sum, { names }) => sum + names.length, 0),
    rows: [],
    problems: shares.flatMap(({ problem }) => problem ?? []),
    unwatched: shares.map(({ integration, unwatched }) => ({
      integration: integration.settings.integration,
      count: unwatched,
    })),
  };
}

async function shareOf(integration: Integration, tools: WorkerTools): Promise<Share> {
  const calls: Calls = {};
  try {
    const watched = await watchedSecrets(integration, { ...tools, calls });
    return { integration, ...watched, problem: nothingWatched(integration.settings, watched.names), calls };
  } catch (error) {
    if (!(error instanceof GapError)) throw error;
    const problem = `${integration.settings.integration}: the watched secrets cannot be listed. ${error.gap.detail}`;
    return { integration, names: [], unwatched: null, problem, calls };
  }
}

/** The deadline is the time of one check, times the rounds that a share of this size takes. */
const secretsARound = 8;

async function checkShare(
  tools: WorkerTools,
  { integration, names, calls }: Share,
  batch: Batch,
  add: (report: Report) => void,
): Promise<void> {
  const name = integration.settings.integration;
  const checked = new Set(batch.rows.filter((row) => row.integration === name).map(({ secret }) => secret));
  const runs = names
    .filter((secret) => !checked.has(secret))
    .map((secret) => ({ runId: randomUUID(), secret }));
  if (runs.length === 0) return;
  const deadlineMs = tools.deadlineMs * Math.ceil(runs.length / secretsARound);
  const verified = await verify({ ...tools, integration, runs, deadlineMs, onReport: add, calls });
  const known = verified.flatMap(({ report }) =>
    report.subject.secretId === null ? [] : report.subject.secret,
  );
  await tools.records.knownSecrets.remember(name, known);
}

/** Writes reports and the batch one after another, so that the stored batch only ever grows. */
function keeper({ records, clock }: WorkerTools, batch: Batch) {
  let written = Promise.resolve();
  const save = () => {
    written = written.then(() => records.batches.save(batch));
  };
  return {
    add(report: Report) {
      written = written.then(() => records.reports.save(report));
      batch.rows.push({
        integration: report.integration,
        secret: report.subject.secret,
        runId: report.runId,
        overall: report.overall,
        text: report.diagnosis?.text ?? null,
      });
      save();
    },
    async finish() {
      batch.finishedAt = new Date(clock.now()).toISOString();
      save();
      await written;
    },
  };
}
