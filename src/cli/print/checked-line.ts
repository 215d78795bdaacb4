import { type GapSource, sourceNames } from '../../domain/gap.ts';
import { plural } from '../../domain/instant.ts';
import type { Report } from '../../domain/report.ts';
import { bound, localMoment, plainText } from './text.ts';

/** `checked 24 Nov 2026, 03:00 CET in 2.1 s · 11 requests to Secret Server · run …` */
export function checkedLine(report: Report, timeZone: string): string {
  const seconds = (Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 1000;
  const calls = Object.entries(report.calls)
    .filter(([, count]) => count > 0)
    .map(
      ([source, count]) =>
        `${plural(count, 'request')} to ${sourceNames[source as GapSource] ?? plainText(source)}`,
    );
  const when = `checked ${localMoment(report.startedAt, timeZone)} in ${seconds.toFixed(1)} s`;
  return [when, ...calls, `run ${plainText(report.runId)}`].map(bound).join(' · ');
}
