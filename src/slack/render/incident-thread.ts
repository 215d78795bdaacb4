import type { Incident, TimelineEntry } from '../../domain/incident.ts';
import { minuteMs } from '../../domain/instant.ts';
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
 * Lines of the timeline as one message of the thread: what was seen again is one line with its number, and of many the
 * first and the last are shown, with how many stand between. On a card of several incidents each line says whose it is.
 * `mention`: who is called. The text alone says what it is about, and where somebody is called or reminded, what to do.
 */
export function threadView(message: ThreadLines, mention: string | null): View {
  const { incidents, alone, entries, broadcast } = message;
  const [incident, ...others] = incidents;
  const places = placesOf(incidents);
  const group = mention === null ? null : called(mention);
  const call = group === null ? [] : [`${group} ${callText(entries)}: ${places}`];
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

/** Time calls when nobody took it; a person may call for help with what somebody has. */
function callText(entries: readonly TimelineEntry[]): string {
  const by = entries.find(({ tell }) => tell === 'mention')?.by ?? null;
  return by === null ? 'nobody has taken this' : `${person(by)} asks you to look at this`;
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
  const all = alike(entries);
  if (all.length <= shownFirst + shownLast) return all.map(line);
  const between = all.slice(shownFirst, -shownLast);
  const left = between.reduce((sum, { times }) => sum + times, 0);
  return [...all.slice(0, shownFirst).map(line), `_and ${left} more_`, ...all.slice(-shownLast).map(line)];
}

type Line = TimelineEntry & { times: number; lastAt: number };

/** What was seen again and again, with nothing else in between, is one line that says how often. */
function alike(entries: readonly TimelineEntry[]): Line[] {
  const lines: Line[] = [];
  let run: Line[] = [];
  for (const entry of entries) {
    if (entry.type !== 'seen') run = [];
    const same = run.find(({ what }) => what === entry.what);
    if (same) {
      same.times += 1;
      same.lastAt = entry.at;
    } else {
      const one = { ...entry, times: 1, lastAt: entry.at };
      lines.push(one);
      if (entry.type === 'seen') run.push(one);
    }
  }
  return lines;
}

function line({ type, at, what, by, times, lastAt }: Line): string {
  const who = by === null ? '' : ` — ${person(by)}`;
  const last = lastAt - at < minuteMs ? '' : `, last ${date(iso(lastAt))}`;
  const often = times === 1 ? '' : ` · ${times} times${last}`;
  return `${signs[type]} ${date(iso(at))}  ${say(what, 350)}${often}${who}`;
}
