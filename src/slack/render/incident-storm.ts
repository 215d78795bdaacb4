import type { KnownBlock } from '@slack/types';
import { type Incident, type IncidentState, stateOf } from '../../domain/incident.ts';
import { moment, plural } from '../../domain/instant.ts';
import type { IncidentView } from '../../ports/incident-notifier.ts';
import { context, header, section, taken, type View } from '../blocks.ts';
import { date, say } from '../text.ts';
import { type CardFrame, incidentButtons, iso, linkLine, remarks } from './incident-parts.ts';
import { signOf, stepOf, subjectOf, titleOf } from './incident-words.ts';
import { person } from './people.ts';

const rowsShown = 10;
const namesPerSection = 40;
const order: readonly IncidentState[] = ['open', 'snoozed', 'acknowledged', 'resolved'];

/**
 * Many of one kind at once, on one card: how many are open and who has which, and every name as far as a message
 * takes them, so that nobody's account is missing.
 */
export function stormCard(view: IncidentView, frame: CardFrame): View {
  const all = [...view.storm].sort((a, b) => order.indexOf(stateOf(a)) - order.indexOf(stateOf(b)));
  const face = faceOf(view.incident, all);
  const title = stormTitle(face, all);
  const small = [...remarks(view, frame), ...linkLine(frame)];
  const rows = all.slice(0, rowsShown).map((one) => rowLine(one, face));
  const blocks = taken(
    [header(title), section(leadLines(face, all)), section(rows), ...nameSections(all.slice(rowsShown))],
    (left) => [
      ...(left > 0 ? [context(['_More names do not fit here: `vaultcheck incidents` shows all._'])] : []),
      ...incidentButtons(view, frame),
      ...(small.length > 0 ? [context(small)] : []),
    ],
  );
  return { text: standalone(title, face, all), blocks };
}

/** Whose cause and kind stand for all: one that is not over and whose cause is known, else one that is not over. */
function faceOf(leader: Incident, all: readonly Incident[]): Incident {
  const live = all.filter(({ state }) => state !== 'resolved');
  const led = live.find(({ id }) => id === leader.id);
  const known = live.find(({ cause }) => cause !== null && cause.id !== 'unknown');
  return known ?? led ?? live[0] ?? leader;
}

function stormTitle(leader: Incident, all: readonly Incident[]): string {
  const what = leader.account === null ? 'incidents' : 'accounts';
  const open = all.filter(({ state }) => state !== 'resolved');
  if (open.length === 0) return `🟢 RESOLVED · ${all.length} ${what} · ${leader.integration}`;
  const counts = order.map((state) => ({ state, count: all.filter((one) => stateOf(one) === state).length }));
  const words = { open: 'open', snoozed: 'snoozed', acknowledged: 'taken', resolved: 'resolved' };
  const told = counts.filter(({ count }) => count > 0).map(({ state, count }) => `${count} ${words[state]}`);
  const worst = open[0] ?? leader;
  return `${signOf(worst)} ${titleOf(leader)} · ${all.length} ${what} · ${leader.integration} — ${told.join(', ')}`;
}

const buttonsText =
  '_The buttons act on all that are not over here; `/vault incidents` has buttons for each._';

function stormCauses(all: readonly Incident[]): string[] {
  const live = all.filter(({ state }) => state !== 'resolved');
  const known = (live.length > 0 ? live : all).flatMap(({ cause }) =>
    cause && cause.id !== 'unknown' ? cause.text : [],
  );
  const [first, ...others] = new Set(known);
  if (first === undefined) return [];
  const more =
    others.length > 0 ? ` (and ${plural(others.length, 'other cause')}: see \`vaultcheck incidents\`)` : '';
  return [`Probably ${say(first, 500)}${more}`];
}

function isOver(all: readonly Incident[]): boolean {
  return all.every(({ state }) => state === 'resolved');
}

function leadLines(leader: Incident, all: readonly Incident[]): string[] {
  return [
    `*Since*  ${say(moment(Math.min(...all.map(({ since }) => since))), 120)}, within a minute: many at once are mostly of one cause.`,
    ...stormCauses(all).map((one) => one.replace('Probably', '*Probably* ')),
    ...(isOver(all) ? [] : [`*Do*  ${say(stepOf(leader), 600)}`, buttonsText]),
  ];
}

/** Who has it; and what it is, where that is another thing by now than the card says. */
function rowLine(incident: Incident, face: Incident): string {
  const { acknowledged, resolution, snoozed } = incident;
  const who = resolution
    ? `resolved ${resolution.by === null ? '' : `by ${person(resolution.by)} `}${date(iso(resolution.at))}`
    : acknowledged
      ? `${person(acknowledged.by)} has it`
      : 'nobody has it';
  const rest = !resolution && snoozed ? `, snoozed until ${date(iso(snoozed.until))}` : '';
  const turned = incident.kind === face.kind ? '' : `, ${titleOf(incident)}`;
  return `${signOf(incident)} ${say(subjectOf(incident) ?? titleOf(incident), 60)} — ${who}${rest}${turned}`;
}

/** Names alone, by state: a row each would not fit. */
function nameSections(rest: readonly Incident[]): KnownBlock[] {
  return order.flatMap((state) => {
    const names = rest
      .filter((one) => stateOf(one) === state)
      .map((one) => say(subjectOf(one) ?? one.kind, 40));
    const groups = Array.from({ length: Math.ceil(names.length / namesPerSection) }, (_, at) =>
      names.slice(at * namesPerSection, (at + 1) * namesPerSection),
    );
    return groups.map((group) => section([`*${state}*  ${group.join(', ')}`]));
  });
}

/** What a person reads who sees the notification alone. */
function standalone(title: string, face: Incident, all: readonly Incident[]): string {
  const names = all.map((one) => subjectOf(one) ?? one.kind).slice(0, 20);
  const rest = all.length > names.length ? ` and ${all.length - names.length} more` : '';
  return [
    say(title, 400),
    say(`${names.join(', ')}${rest}`, 1200),
    ...(isOver(all) ? [] : [...stormCauses(all), `Do: ${say(stepOf(face), 600)}`]),
  ].join('\n');
}
