import type { KnownBlock } from '@slack/types';
import { plural } from '../../domain/instant.ts';
import type { Report, ReportedCheck, VerdictWord } from '../../domain/report.ts';
import { type RowGroup, rowGroups } from '../../domain/row-groups.ts';
import { actions, button, context, divider, header, section, type View } from '../blocks.ts';
import { actionIds, asValue } from '../ids.ts';
import { date, say } from '../text.ts';
import { headline, signs, verdictWords } from './verdict.ts';

const labels = { cause: 'Cause', blind: 'Not seen', advice: 'Advice' } as const;

const findingsShown = 9;

/** One report as a message of at most 12 blocks: verdict and diagnosis first, the rest behind Details. */
export function reportView(report: Report): View {
  const findings = worstFirst(report.checks);
  const blocks: KnownBlock[] = [
    header(headline(report)),
    section(diagnosisLines(report)),
    divider(),
    section([sectionCounts(report.checks)]),
    ...(findings.length > 0 ? [section(findingLines(report, findings))] : []),
    actions(reportButtons(report.runId)),
    context([footer(report)]),
  ];
  return { text: standalone(report), blocks };
}

/** What stands in a notification: enough to know what to do without opening it. */
function standalone(report: Report): string {
  const { diagnosis } = report;
  const told = diagnosis
    ? [`${labels[diagnosis.kind]}: ${diagnosis.text}`, `Next: ${diagnosis.next}`]
    : [`Proof: ${report.proof.text}`];
  return [headline(report), ...told].map((line) => say(line, 900)).join('\n');
}

function diagnosisLines({ diagnosis, proof }: Report): string[] {
  const told = diagnosis
    ? [`*${labels[diagnosis.kind]}*  ${say(diagnosis.text, 900)}`, `*Next*  ${say(diagnosis.next, 700)}`]
    : [];
  return [...told, `*Proof*  ${say(proof.text, 700)}`];
}

/** Each section once, in catalogue order: its worst verdict, and how many of its checks have it. */
function sectionCounts(checks: readonly ReportedCheck[]): string {
  const sections = [...new Set(checks.map((one) => one.section))];
  return sections.map((name) => say(countOf(name, checks), 120)).join('   ') || '–';
}

function countOf(name: string, checks: readonly ReportedCheck[]): string {
  const rows = checks.filter((one) => one.section === name);
  const title = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  const judged = rows.filter((one) => one.verdict !== 'skipped');
  const worst = (['fail', 'unknown', 'warn'] as const).find((word) => rows.some((one) => counts(one, word)));
  if (judged.length === 0) return `${signs.skipped} ${title} skipped`;
  if (!worst) return `${signs.pass} ${title} ${judged.length}`;
  const bad = rows.filter((one) => counts(one, worst)).length;
  return `${signs[worst]} ${title} ${bad} of ${judged.length} ${verdictWords[worst]}`;
}

function counts(check: ReportedCheck, verdict: VerdictWord): boolean {
  return check.verdict === verdict && check.accepted === null;
}

/** What needs attention, worst first and then in catalogue order. Accepted findings stand in the details. */
function worstFirst(checks: readonly ReportedCheck[]): ReportedCheck[] {
  return (['fail', 'unknown', 'warn'] as const).flatMap((word) => checks.filter((one) => counts(one, word)));
}

function findingLines(report: Report, findings: readonly ReportedCheck[]): string[] {
  const groups = readOnce(rowGroups(findings));
  const shown = groups.slice(0, findingsShown);
  const lines = shown.map((group) => findingLine(group, report.diagnosis));
  const more = findings.length - shown.flat().length;
  return more > 0 ? [...lines, `_and ${more} more behind Details_`] : lines;
}

/** A line shows the first gap alone: neighbours that would say the same words are one line, the rest is in the details. */
function readOnce(groups: readonly RowGroup[]): RowGroup[] {
  const lines: RowGroup[] = [];
  for (const group of groups) {
    const last = lines.at(-1);
    const isSame = last?.[0].verdict === 'unknown' && group[0].verdict === 'unknown';
    if (last && isSame && whatOf(last[0]) === whatOf(group[0])) last.push(...group);
    else lines.push([...group]);
  }
  return lines;
}

/** The cause is told above, and what several rows lack is told once. */
function findingLine([check, ...others]: RowGroup, diagnosis: Report['diagnosis']): string {
  const row = `${signs[check.verdict]} ${say(check.title, 90)}`;
  if (diagnosis?.kind === 'cause' && check.id === diagnosis.check) return `${row} — _the cause_`;
  const beside = others.length > 0 ? ` _and ${plural(others.length, 'more check')}_` : '';
  const because = diagnosis?.explains.includes(check.id) ? ' _(follows from the cause)_' : '';
  return `${row}${beside} — ${say(whatOf(check), 170)}${because}`;
}

function whatOf(check: ReportedCheck): string {
  return check.finding ?? check.gaps[0]?.detail ?? check.because ?? verdictWords[check.verdict];
}

function reportButtons(runId: string) {
  const value = asValue({ run: runId });
  return [
    button({ text: 'Run again', actionId: actionIds.rerun, value }),
    button({ text: 'Details', actionId: actionIds.details, value }),
    button({ text: 'Audit trail', actionId: actionIds.audit, value }),
    button({ text: 'Share', actionId: actionIds.share, value }),
  ];
}

function footer(report: Report): string {
  const tookMs = Date.parse(report.finishedAt) - Date.parse(report.startedAt);
  const accepted = report.checks.filter((one) => one.accepted !== null).length;
  const waived = accepted > 0 ? ` · ${plural(accepted, 'accepted finding')}` : '';
  return `checked ${date(report.finishedAt)}, ${(tookMs / 1000).toFixed(1)} s${waived} · run ${say(report.runId, 60)}`;
}
