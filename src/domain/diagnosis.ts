import type { Check } from './check.ts';
import { causesBefore, explains } from './explains.ts';
import { type Gap, type GapCause, sourceNames } from './gap.ts';
import { plural } from './instant.ts';
import type { Diagnosis, ReportedCheck } from './report.ts';

type Rule = Pick<Check, 'id' | 'blocking'>;

/**
 * The answer to "why is the authenticated scan failing?", or null when nothing failed and nothing is unknown.
 * - `cause` a failing blocking check that no other failing one explains; the first in the order of the rows
 * - `blind` no blocking check failed, and one could not be judged: what to make visible next
 * - `advice` only advice failed or is unknown
 * Accepted findings count in none of them.
 */
export function diagnose(rows: readonly ReportedCheck[], catalogue: readonly Rule[]): Diagnosis | null {
  const blocking = new Set(catalogue.filter((one) => one.blocking).map((one) => one.id));
  const counting = rows.filter((row) => row.accepted === null);
  const failed = counting.filter((row) => row.verdict === 'fail');
  const unseen = counting.filter((row) => row.verdict === 'unknown');
  return (
    causeAmong(failed, blocking) ??
    blindness(unseen.filter((row) => blocking.has(row.id))) ??
    advice([...failed, ...unseen])
  );
}

function causeAmong(failed: readonly ReportedCheck[], blocking: ReadonlySet<string>): Diagnosis | null {
  const causes = failed.filter((row) => blocking.has(row.id));
  const ids = causes.map((row) => row.id);
  const [root, ...others] = causes.filter((row) => causesBefore(row.id, ids).length === 0);
  if (!root) return null;
  return {
    kind: 'cause',
    check: root.id,
    text: `${sentence(root)}${beside(others)}`,
    next: root.remedy ?? '',
    explains: consequences(root.id, failed, blocking),
  };
}

/** What the root does not explain: mended alone, it would leave these. */
function beside([first, ...more]: readonly ReportedCheck[]): string {
  if (!first) return '';
  const rest = more.length > 0 ? ` And ${plural(more.length, 'more check')}.` : '';
  return ` Failing by itself as well: ${sentence(first)}${rest}`;
}

/** The failed rows that hang on the root, directly or through other failed rows, in the order of the report. */
function consequences(
  root: string,
  failed: readonly ReportedCheck[],
  blocking: ReadonlySet<string>,
): string[] {
  const reached = new Set([root]);
  // A set that grows while it is walked: each newly reached row is walked in its turn.
  for (const id of reached) {
    if (!blocking.has(id)) continue;
    for (const row of failed) if (explains(id, row.id)) reached.add(row.id);
  }
  return failed.map((row) => row.id).filter((id) => id !== root && reached.has(id));
}

function blindness([first, ...others]: readonly ReportedCheck[]): Diagnosis | null {
  const gap = first?.gaps[0];
  if (!first || !gap) return null;
  const more = others.length > 0 ? ` Unknown as well: ${plural(others.length, 'more check')}.` : '';
  return {
    kind: 'blind',
    check: first.id,
    text: `No cause was found, but not everything could be seen. “${first.title}” is unknown: ${gap.detail}${more}`,
    next: makeVisible(gap),
    explains: [],
  };
}

function advice([first]: readonly ReportedCheck[]): Diagnosis | null {
  if (!first) return null;
  const gap = first.gaps[0];
  const text =
    first.verdict === 'unknown' && gap ? `“${first.title}” is unknown: ${gap.detail}` : sentence(first);
  return {
    kind: 'advice',
    check: first.id,
    text: `As far as was checked, scans get this password; what is left is advice. ${text}`,
    next: first.remedy ?? (gap ? makeVisible(gap) : ''),
    explains: [],
  };
}

function sentence(row: ReportedCheck): string {
  return row.finding ?? row.title;
}

const ways: Record<GapCause, (side: string) => string> = {
  unreachable: (side) => `Whoever runs Vaultcheck: let its host reach ${side} (name, firewall, certificate).`,
  'timed-out': (side) => `Run the check again; if ${side} stays slow, ask whoever runs it why.`,
  denied: (side) => `Ask the administrator of ${side} to give Vaultcheck's own account what it lacks.`,
  absent: (side) => `Ask the administrator of ${side} whether it exists and Vaultcheck may see it.`,
  malformed: (side) =>
    `Compare the configured URL of ${side} with the one that people use, and any proxy between.`,
  failing: (side) => `Ask whoever runs ${side} to look into its own log, then run the check again.`,
  throttled: (side) => `Wait until ${side} takes requests again, then run the check again.`,
  truncated: () =>
    'Shorten `scanEvery` in the configuration, so that the audit of that time can be read to its end.',
  'not-configured': () => 'Add what is missing to the configuration of Vaultcheck, then run the check again.',
};

/** One thing to do about a gap, where and by whom. */
function makeVisible({ cause, source }: Gap): string {
  return ways[cause](sourceNames[source]);
}
