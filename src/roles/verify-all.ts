import { randomUUID } from 'node:crypto';
import type { Calls } from '../app/calls.ts';
import type { Integration } from '../app/integration.ts';
import { verify } from '../app/verify.ts';
import { nothingWatched, watchedSecrets } from '../app/watched-secrets.ts';
import type { Batch } from '../domain/batch.ts';
import { GapError } from '../domain/gap.ts';
import type { Report } from '../domain/report.ts';
import type { JobOf } from '../queue/jobs.ts';
import { seenByHand } from './seen-by-hand.ts';
import type { WorkerTools } from './tools.ts';

/** What one integration contributes: the secrets to check, or why they cannot be listed. */
type Share = { names: readonly string[]; unwatched: Promise<number | null>; problem: string | null };

/** What is sent for the listing counts among the calls of the batch. */
type Own = { integration: Integration; calls: Calls; at: number };

/**
 * Checks all watched secrets and keeps the batch's record as results come. Each integration goes on by itself: one
 * that is down or hangs keeps none of the others. Run again after a kill, it goes on with the secrets that have no
 * result yet.
 */
export async function verifyAll(
  tools: WorkerTools,
  job: JobOf<'verify-all'>,
  started: () => Promise<void>,
): Promise<void> {
  const chosen = tools.integrations.filter(
    ({ settings }) => job.integration === null || settings.integration === job.integration,
  );
  const batch = opened(await tools.records.batches.load(job.batchId), job.batchId, tools.clock.now());
  await tools.records.batches.save(batch);
  await started();
  const keep = keeper(tools, batch);
  await Promise.all(
    chosen.map(async (integration, at) => {
      const own = { integration, calls: {}, at };
      const share = await shareOf(own, tools);
      keep.list(own, share);
      const counted = share.unwatched.then((count) => keep.unwatched(own, count));
      await Promise.all([checkShare(tools, { ...own, ...share }, batch, keep.add), counted]);
    }),
  );
  await keep.finish();
}

/** What is listed is listed anew; results stay. */
function opened(before: Batch | null, batchId: string, now: number): Batch {
  const rows = before?.rows ?? [];
  return {
    batchId,
    startedAt: before?.startedAt ?? new Date(now).toISOString(),
    finishedAt: null,
    total: rows.length,
    rows,
    problems: [],
    unwatched: [],
  };
}

/** A list of the configuration is known at once: how much of the folder it leaves out is counted meanwhile. */
async function shareOf({ integration, calls }: Own, tools: WorkerTools): Promise<Share> {
  const { settings } = integration;
  const watched = watchedSecrets(integration, { ...tools, calls });
  if (settings.secrets !== 'folder') {
    const unwatched = watched.then((one) => one.unwatched, unlessBug);
    return { names: settings.secrets, unwatched, problem: null };
  }
  try {
    const { names, unwatched } = await watched;
    return { names, unwatched: Promise.resolve(unwatched), problem: nothingWatched(settings, names) };
  } catch (error) {
    unlessBug(error);
    const detail = error instanceof GapError ? error.gap.detail : '';
    const problem = `${settings.integration}: the watched secrets cannot be listed. ${detail}`;
    return { names: [], unwatched: Promise.resolve(null), problem };
  }
}

function unlessBug(error: unknown): null {
  if (error instanceof GapError) return null;
  throw error;
}

/** The deadline is the time of one check, times the rounds that a share of this size takes. */
const secretsARound = 8;

async function checkShare(
  tools: WorkerTools,
  { integration, names, calls }: Own & Share,
  batch: Batch,
  add: (report: Report) => void,
): Promise<void> {
  const name = integration.settings.integration;
  const checked = checkedOf(batch, name);
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

function checkedOf(batch: Batch, integration: string): Set<string> {
  const own = batch.rows.filter((row) => row.integration === integration);
  return new Set(own.map(({ secret }) => secret));
}

/** Writes reports and the batch one after another, so that the stored batch only ever grows. */
function keeper(tools: WorkerTools, batch: Batch) {
  const { records, clock } = tools;
  let written = Promise.resolve();
  const save = () => {
    written = written.then(() => records.batches.save(batch));
  };
  const problems: string[] = [];
  const unwatched: Batch['unwatched'] = [];
  return {
    list({ integration, at }: Own, { names, problem }: Share) {
      const checked = checkedOf(batch, integration.settings.integration);
      batch.total += names.filter((name) => !checked.has(name)).length;
      if (problem !== null) problems[at] = problem;
      // In the order of the configuration, whoever was listed first.
      batch.problems = problems.filter(Boolean);
      save();
    },
    unwatched({ integration, at }: Own, count: number | null) {
      unwatched[at] = { integration: integration.settings.integration, count };
      batch.unwatched = unwatched.filter(Boolean);
      save();
    },
    add(report: Report) {
      written = written.then(() => seenByHand(tools, report)).then(() => records.reports.save(report));
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
