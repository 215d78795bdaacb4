import type { Report } from '../../domain/report.ts';
import { context, header, section, type View } from '../blocks.ts';
import { date, plain, say } from '../text.ts';
import { sentence } from './answer.ts';
import { signs, verdictWords } from './verdict.ts';

/** Runs of one verdict and cause in a row, as one. */
type Stretch = { newest: Report; oldest: Report; runs: number };

/** How the verdicts on a secret changed, newest first; runs that said the same are one line. */
export function historyView(secret: string, reports: readonly Report[]): View {
  const [newest] = reports;
  if (!newest) return sentence(`No report of ${secret} is kept: it was not checked lately.`);
  const stretches = stretchesOf(reports);
  const title = `${secret}: ${verdictWords[newest.overall]}, by the last of ${reports.length} checks`;
  return {
    text: say(title, 500),
    blocks: [
      header(plain(`History of ${secret}`, 140)),
      section(stretches.slice(0, 20).map(line)),
      context([`${reports.length} checks; the same verdict in a row is one line`]),
    ],
  };
}

function stretchesOf(reports: readonly Report[]): Stretch[] {
  const found: Stretch[] = [];
  for (const report of reports) {
    const last = found.at(-1);
    if (last && sameSaid(last.oldest, report)) {
      last.oldest = report;
      last.runs += 1;
    } else found.push({ newest: report, oldest: report, runs: 1 });
  }
  return found;
}

function sameSaid(one: Report, other: Report): boolean {
  const cause = ({ diagnosis }: Report) => diagnosis?.check ?? null;
  return (
    one.integration === other.integration && one.overall === other.overall && cause(one) === cause(other)
  );
}

function line({ newest, oldest, runs }: Stretch): string {
  const when =
    runs === 1
      ? date(newest.finishedAt)
      : `${date(oldest.finishedAt)} – ${date(newest.finishedAt)} (${runs} checks)`;
  const why = newest.diagnosis ? ` — ${say(newest.diagnosis.text, 160)}` : '';
  return `${signs[newest.overall]} ${verdictWords[newest.overall]} · ${say(newest.integration, 40)}  ${when}${why}`;
}
