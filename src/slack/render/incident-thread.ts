import type { TimelineEntry } from '../../domain/incident.ts';
import type { IncidentView } from '../../ports/incident-notifier.ts';
import type { View } from '../blocks.ts';
import { date, say } from '../text.ts';
import { linesView } from './answer.ts';
import { iso } from './incident-parts.ts';
import { placeOf } from './incident-words.ts';
import { called, person } from './people.ts';

const signs: { readonly [T in TimelineEntry['type']]: string } = {
  seen: '👁️',
  opened: '🔴',
  changed: '🔺',
  acted: '👤',
  reminded: '⏰',
  escalated: '📣',
  cleared: '🟢',
  note: '📝',
};

const shownFirst = 3;
const shownLast = 6;

export type ThreadLines = { entries: readonly TimelineEntry[]; mention: string | null };

/**
 * Lines of the timeline as one message of the thread: of many the first and the last, with how many stand between.
 * On a card of several incidents each line says whose it is.
 */
export function threadView({ incident, storm }: IncidentView, { entries, mention }: ThreadLines): View {
  const whose =
    storm.length > 1 || (incident.storm !== null && incident.storm !== incident.id)
      ? `*${say(placeOf(incident), 80)}*  `
      : '';
  const group = mention === null ? null : called(mention);
  const call = group === null ? [] : [`${group} nobody has taken this: ${say(placeOf(incident), 80)}`];
  const lines = [...call, ...folded(entries).map((line) => `${whose}${line}`)];
  return linesView(lines);
}

function folded(entries: readonly TimelineEntry[]): string[] {
  if (entries.length <= shownFirst + shownLast) return entries.map(line);
  const left = entries.length - shownFirst - shownLast;
  return [
    ...entries.slice(0, shownFirst).map(line),
    `_and ${left} more_`,
    ...entries.slice(-shownLast).map(line),
  ];
}

function line({ type, at, what, by }: TimelineEntry): string {
  const who = by === null ? '' : ` — ${person(by)}`;
  return `${signs[type]} ${date(iso(at))}  ${say(what, 350)}${who}`;
}
