import { type Instant, minuteMs } from './instant.ts';
import type { Observation, SecretChecked } from './observation.ts';
import type { Report, ReportedCheck } from './report.ts';

/** The rest of what an observation of a report needs. */
export type CheckedBy = {
  /** Ids of the checks whose failure stands in the way of a scan. */
  blocking: ReadonlySet<string>;
  /** Earlier reports of the same secret, newest first. */
  history: readonly Report[];
  seenAt: Instant;
};

/** A person may check a secret out; it is trouble when it stays so. The vendor's interval when none is set. */
const checkOutGraceMs = 30 * minuteMs;
const mayPass = new Set(['secret-checkout']);

/**
 * What a full check saw. Where not one blocking check could be judged, Vaultcheck is blind: `look-failed`. A failure is
 * new when the last known verdict before it was none; on a first run nothing is new, that is one summary.
 */
export function checkObservation(report: Report, { blocking, history, seenAt }: CheckedBy): Observation {
  const judged = report.checks.filter(({ id }) => blocking.has(id) || id === 'secret-heartbeat');
  const rows = judged.filter(({ accepted }) => !accepted);
  const beganAt = Date.parse(report.startedAt);
  const base = {
    integration: report.integration,
    account: null,
    seenAt,
    source: 'watch',
    via: 'watch',
  } as const;
  if (rows.length > 0 && rows.every(({ verdict }) => verdict === 'unknown' || verdict === 'skipped')) {
    const reason = rows.flatMap(({ gaps }) => gaps.map(({ detail }) => detail))[0]?.slice(0, 300) ?? null;
    const nowhere = { address: null, origin: 'unknown', appliance: null } as const;
    return { kind: 'look-failed', ...base, ...nowhere, secret: null, at: beganAt, reason, details: 'check' };
  }
  const failing = rows.filter(({ id, verdict }) => blocking.has(id) && verdict === 'fail');
  const newly = failing.filter(({ id }) => isNew(id, [report, ...history]));
  return checked(report, { ...base, beganAt }, { judged, newly });
}

type Base = Pick<SecretChecked, 'integration' | 'account' | 'seenAt' | 'source' | 'via' | 'beganAt'>;

function checked(
  report: Report,
  base: Base,
  { judged, newly }: { judged: readonly ReportedCheck[]; newly: readonly ReportedCheck[] },
): SecretChecked {
  const failing = judged.filter(({ verdict, accepted }) => verdict === 'fail' && !accepted);
  return {
    kind: 'secret-checked',
    ...base,
    at: base.beganAt,
    secret: report.subject.secret,
    verdicts: Object.fromEntries(
      judged.map(({ id, verdict, accepted }) => [id, accepted ? 'skipped' : verdict]),
    ),
    newlyFailing: newly.map(({ id }) => id),
    findings: Object.fromEntries(
      failing.flatMap(({ id, finding }) => (finding ? [[id, finding.slice(0, 300)]] : [])),
    ),
    runId: report.runId,
  };
}

/** `reports`: newest first. Unknown and skipped in between are passed over. */
function isNew(id: string, reports: readonly Report[]): boolean {
  const known = reports.flatMap((report) => {
    const verdict = report.checks.find((one) => one.id === id)?.verdict;
    return verdict && verdict !== 'unknown' && verdict !== 'skipped'
      ? [{ verdict, at: Date.parse(report.finishedAt) }]
      : [];
  });
  const [now, ...before] = known;
  if (!now || before.length === 0) return false;
  const well = before.findIndex(({ verdict }) => verdict !== 'fail');
  const streak = [now, ...(well < 0 ? before : before.slice(0, well))];
  if (well < 0) return false;
  if (!mayPass.has(id)) return streak.length === 1;
  const start = streak.at(-1)?.at ?? now.at;
  const counts = (at: Instant | undefined) => at !== undefined && at - start >= checkOutGraceMs;
  return counts(now.at) && !counts(streak[1]?.at);
}
