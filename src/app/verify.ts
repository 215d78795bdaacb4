import type { Check } from '../domain/check.ts';
import { type EvidenceKey, evidenceKeys } from '../domain/evidence/index.ts';
import type { Instant } from '../domain/instant.ts';
import type { Report } from '../domain/report.ts';
import type { Context } from '../domain/settings.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { type Calls, counting } from './calls.ts';
import type { Clock } from './clock.ts';
import { deadlineSignal } from './deadline.ts';
import { type Gatherer, openGatherer } from './gather.ts';
import type { Integration } from './integration.ts';
import { readings } from './readings/index.ts';
import { replay, type SavedEvidence } from './saved-evidence.ts';
import { sideBySide } from './side-by-side.ts';

export type VerifyRequest = {
  integration: Integration;
  /** One run per secret. What does not depend on the secret is asked once for all of them. */
  runs: readonly { runId: string; secret: string }[];
  /** Of all runs together. What has not answered by then is a `timed-out` gap. */
  deadlineMs: number;
  clock: Clock;
  checks: readonly Check[];
  /** The version of Vaultcheck, kept with saved evidence. */
  version: string;
  /** Aborts like the deadline: what is known by then is judged. */
  signal?: AbortSignal | undefined;
  /** Called as each secret is judged; `calls` are those sent until then. */
  onReport?: ((report: Report, evidence: SavedEvidence) => void) | undefined;
  /** Called with the systems still waited for (`Secret Server`), whenever that changes. Empty: none. */
  onWaiting?: ((systems: string[]) => void) | undefined;
  telemetry?: Telemetry | undefined;
  /** What was sent for this batch before its run; goes on counting. */
  calls?: Calls | undefined;
};

export type Verified = { report: Report; evidence: SavedEvidence };

/** Beyond this many at a time the vault's own limit of requests decides, and only memory grows. */
const secretsAtOnce = 8;

/** What the proof reads beside the checks. */
const proofKeys: readonly EvidenceKey[] = [
  'secret',
  'readerSeenFrom',
  'scanUsers',
  'scanUserAudits',
  'secretAudit',
  'folderAudit',
  'scanDirectoryAccounts',
  'vaultRecords',
  'authenticationRecords',
];

/**
 * Gathers and judges. Answers in the order of `runs`, and `calls` is the same in each report: all that was sent.
 * Whatever a source does becomes a gap; only a bug of ours rejects.
 */
export async function verify(request: VerifyRequest): Promise<Verified[]> {
  const { clock, deadlineMs, signal: outer, onWaiting, telemetry } = request;
  const deadline = deadlineSignal(deadlineMs, outer);
  const calls = request.calls ?? {};
  const sent = counting(calls);
  const startedAt = clock.now();
  const scope = { signal: deadline.signal, sent };
  const gatherer = openGatherer(
    request.integration,
    { startedAt, clock, scope, onWaiting, telemetry },
    readings,
  );
  try {
    const gathered = await sideBySide(request.runs, secretsAtOnce, async (run) => {
      const saved = await gatherOne(gatherer, request, { ...run, startedAt });
      const evidence = { ...saved, calls: { ...calls } };
      const report = replay(evidence, request.checks);
      telemetry?.runFinished({ overall: report.overall, durationMs: saved.finishedAt - startedAt });
      request.onReport?.(report, evidence);
      return { report, evidence };
    });
    return gathered.map((one) => withCalls(one, { ...calls }));
  } finally {
    deadline.end();
  }
}

async function gatherOne(
  gatherer: Gatherer,
  { integration, checks, clock, version }: VerifyRequest,
  { runId, secret, startedAt }: { runId: string; secret: string; startedAt: Instant },
): Promise<Omit<SavedEvidence, 'calls'>> {
  const asked: Context = { settings: integration.settings, secret, at: startedAt };
  const entries = await gatherer.gather(secret, keysFor(checks, asked));
  const finishedAt = clock.now();
  const context = { ...asked, at: finishedAt };
  return {
    schema: 'vaultcheck.evidence/1',
    vaultcheck: version,
    runId,
    startedAt,
    finishedAt,
    context,
    entries,
  };
}

function withCalls({ report, evidence }: Verified, calls: Report['calls']): Verified {
  return { report: { ...report, calls }, evidence: { ...evidence, calls } };
}

/** What the checks need or want, and the proof. A check that does not apply to these settings needs nothing. */
function keysFor(checks: readonly Check[], context: Context): EvidenceKey[] {
  const applying = checks.filter((check) => check.applies(context));
  const wanted = new Set([...proofKeys, ...applying.flatMap(({ needs, wants }) => [...needs, ...wants])]);
  return evidenceKeys.filter((key) => wanted.has(key));
}
