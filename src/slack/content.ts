import type { Content } from '../domain/destination.ts';
import type { View } from './blocks.ts';
import type { NotifierOptions } from './options.ts';
import { auditView } from './render/audit.ts';
import { batchView } from './render/batch.ts';
import { lookSummaryView } from './render/look-summary.ts';
import { progressView, troubleView } from './render/notes.ts';
import { reportView } from './render/report.ts';

type Records = NotifierOptions['records'];
type Views = {
  readonly [K in Content['type']]: (
    content: Extract<Content, { type: K }>,
    from: Records,
  ) => Promise<View | null>;
};

const views: Views = {
  report: async ({ runId }, { reports }) => viewOf(await reports.load(runId), reportView),
  batch: async ({ batchId }, { batches }) => viewOf(await batches.load(batchId), batchView),
  audit: async ({ auditId }, { audits }) => viewOf(await audits.load(auditId), auditView),
  summary: async ({ summaryId }, { summaries }) => viewOf(await summaries.load(summaryId), lookSummaryView),
  progress: async ({ runId }, { progress }) => {
    const waitingFor = await progress.read(runId);
    return waitingFor && waitingFor.length > 0 ? progressView(waitingFor) : null;
  },
  trouble: async (content) => troubleView(content),
};

/** What stands in the records at this moment as a message; null when there is nothing (any more) to tell. */
export function contentView(content: Content, records: Records): Promise<View | null> {
  const view = views[content.type] as (content: Content, from: Records) => Promise<View | null>;
  return view(content, records);
}

/** The id that a message carries in its metadata. */
export function contentId(content: Content): string {
  if (content.type === 'batch') return content.batchId;
  if (content.type === 'audit') return content.auditId;
  if (content.type === 'summary') return content.summaryId;
  return content.type === 'trouble' ? content.reference : content.runId;
}

function viewOf<T>(found: T | null, render: (found: T) => View): View | null {
  return found === null ? null : render(found);
}
