import type { Overall, Report, VerdictWord } from '../../domain/report.ts';

/** A verdict as people see it, always with its word beside it. */
export const signs: Readonly<Record<VerdictWord, string>> = {
  fail: '🔴',
  unknown: '❔',
  warn: '⚠️',
  pass: '✅',
  skipped: '➖',
};

export const verdictWords: Readonly<Record<VerdictWord, string>> = {
  fail: 'fail',
  unknown: 'unknown',
  warn: 'warning',
  pass: 'pass',
  skipped: 'skipped',
};

type Headed = Pick<Report, 'overall' | 'diagnosis' | 'proof' | 'subject' | 'integration'>;

/** The first line of a report: sign, secret, integration, and the verdict in words. */
export function headline(report: Headed): string {
  const sign = signOf(report);
  return `${sign} ${report.subject.secret} · ${report.integration} — ${sentence(report)}`;
}

/** Advice that fails is no red light: the scan works. */
function signOf({ overall, diagnosis }: Headed): string {
  if (diagnosis?.kind === 'blind') return signs.unknown;
  if (diagnosis?.kind === 'advice') return signs.warn;
  return signs[overall];
}

function sentence({ overall, diagnosis, proof }: Headed): string {
  if (diagnosis?.kind === 'cause') return 'the scan cannot get this password';
  if (diagnosis?.kind === 'blind') return 'cannot tell whether the scan gets this password';
  if (diagnosis?.kind === 'advice') return 'nothing stops the scan, something needs attention';
  return bySight(overall, proof.level === 'proved');
}

function bySight(overall: Overall, proved: boolean): string {
  if (overall === 'fail') return 'something fails';
  if (overall === 'unknown') return 'cannot tell whether the scan gets this password';
  if (overall === 'warn') return 'the scan can get this password, something needs attention';
  return proved ? 'the scan gets this password' : 'nothing stops the scan from getting this password';
}
