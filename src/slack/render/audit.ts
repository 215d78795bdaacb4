import type { AuditAnswer, AuditLine } from '../../domain/audit.ts';
import { context, header, section, taken, type View } from '../blocks.ts';
import { date, say } from '../text.ts';

const linesPerSection = 10;

/** Who did what from where, newest first, and what could not be read: a short list is never taken for all there is. */
export function auditView(answer: AuditAnswer): View {
  const { subject, integration, lines, gaps } = answer;
  const title = `Audit trail of ${subject.kind} ${subject.name} · ${integration}`;
  const count = `${lines.length} ${lines.length === 1 ? 'entry' : 'entries'} since`;
  const missing = gaps.slice(0, 10).map((gap) => `⚠️ Not all is seen: ${say(gap, 400)}`);
  const sections = grouped(lines).map((group) => section(group.map(line)));
  const blocks = taken([header(title), ...sections], (left) => [
    ...(left > 0 ? [older(left * linesPerSection)] : []),
    context([`${count} ${date(answer.since)}`, ...missing]),
  ]);
  return { text: say(`${title}: ${count} ${answer.since.slice(0, 16)}Z`, 1000), blocks };
}

function older(about: number) {
  return context([`_about ${about} older ones are left out here: \`vaultcheck audit\` shows all_`]);
}

function grouped(lines: readonly AuditLine[]): AuditLine[][] {
  const count = Math.ceil(lines.length / linesPerSection);
  return Array.from({ length: count }, (_, at) =>
    lines.slice(at * linesPerSection, (at + 1) * linesPerSection),
  );
}

function line({ at, action, who, from, secret, notes }: AuditLine): string {
  const where = from === null ? '' : ` from ${say(from, 60)}`;
  const what = secret === null ? '' : ` · ${say(secret, 60)}`;
  const more = notes === '' ? '' : ` — ${say(notes, 100)}`;
  return `${date(at)}  ${say(action, 50)}  ${say(who, 60)}${where}${what}${more}`;
}
