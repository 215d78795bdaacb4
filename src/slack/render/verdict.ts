import { meaningOf } from '../../domain/meaning.ts';
import type { Report, VerdictWord } from '../../domain/report.ts';

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
  return `${sign} ${report.subject.secret} · ${report.integration} — ${meaningOf(report)}`;
}

/** Advice that fails is no red light: the scan works. */
function signOf({ overall, diagnosis }: Headed): string {
  if (diagnosis?.kind === 'blind') return signs.unknown;
  if (diagnosis?.kind === 'advice') return signs.warn;
  return signs[overall];
}
