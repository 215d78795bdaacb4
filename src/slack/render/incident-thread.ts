import type { Incident, TimelineEntry } from '../../domain/incident.ts';
import type { ThreadMessage } from '../../ports/incident-notifier.ts';
import type { View } from '../blocks.ts';
import { date, say } from '../text.ts';
import { linesView } from './answer.ts';
import { causeLines, incidentTitle } from './incident.ts';
import { iso } from './incident-parts.ts';
import { placeOf, stepOf, subjectOf, titleOf } from './incident-words.ts';
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

export type ThreadLines = Pick<ThreadMessage, 'incidents' | 'alone' | 'entries' | 'broadcast'>;

/**
 * Lines of the timeline as one message of the thread: of many the first and the last, with how many stand between.
 * On a card of several incidents each line says whose it is. `mention`: who is called, because nobody took it. The text
 * alone says what it is about, and where somebody is called or reminded, what to do.
 */
export function threadView(message: ThreadLines, mention: string | null): View {
  const { incidents, alone, entries, broadcast } = message;
  const [incident, ...others] = incidents;
  const places = placesOf(incidents);
  const group = mention === null ? null : called(mention);
  const call = group === null ? [] : [`${group} nobody has taken this: ${places}`];
  const told = folded(entries);
  // What goes into the channel too stands there without its card.
  const whose = alone && !broadcast ? '' : `*${places}*  `;
  const notable = broadcast || mention !== null || entries.some(({ type }) => type === 'reminded');
  const brief = notable ? briefLines(incident, others.length) : [];
  const { blocks } = linesView([
    ...call,
    ...told.map((line) => `${whose}${line}`),
    ...(mention === null ? [] : brief.slice(1)),
  ]);
  const named = call.length > 0 ? told : told.map((line) => `${places}: ${line}`);
  const text = [...call, ...named, ...brief.map((line) => line.replaceAll('*', ''))];
  return { text: linesView(text).text, blocks };
}

const placesShown = 5;

/** `svc-one, svc-two and 58 more · corp`. */
function placesOf([first, ...others]: ThreadLines['incidents']): string {
  if (others.length === 0) return say(placeOf(first), 80);
  const shown = [first, ...others.slice(0, placesShown - 1)].map((one) =>
    say(subjectOf(one) ?? one.kind, 40),
  );
  const more = others.length + 1 - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''} · ${say(first.integration, 40)}`;
}

/** What it is, why, and what to do; on a card of several by the first of them. */
function briefLines(incident: Incident, others: number): string[] {
  const several = `${titleOf(incident)} · ${others + 1} of this card`;
  const title = others > 0 ? several : incidentTitle(incident);
  return [say(title, 300), ...causeLines(incident), `*Do*  ${say(stepOf(incident), 400)}`];
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
