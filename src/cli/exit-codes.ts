import type { Report } from '../domain/report.ts';

/** Ends apart from verdicts. Numbers as in sysexits.h. */
export const exitCodes = { ok: 0, usage: 64, bug: 70, unreachable: 75, configuration: 78 } as const;

/** How a run over these secrets ends: the worst decides. Accepted findings are not in `overall` and do not count. */
export function verdictCode(reports: readonly Pick<Report, 'overall'>[], strict = false): 0 | 1 | 2 {
  const words = new Set(reports.map((one) => one.overall));
  if (words.has('fail')) return 1;
  if (words.has('unknown') || reports.length === 0) return 2;
  return strict && words.has('warn') ? 1 : 0;
}
