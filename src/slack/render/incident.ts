import type { KnownBlock } from '@slack/types';
import type { Incident } from '../../domain/incident.ts';
import type { IncidentView } from '../../ports/incident-notifier.ts';
import { context, header, section, type View } from '../blocks.ts';
import { plain, say } from '../text.ts';
import {
  type CardFrame,
  incidentButtons,
  lateLines,
  linkLine,
  ownerLines,
  remarks,
  resolutionLines,
  stateText,
} from './incident-parts.ts';
import { stormCard } from './incident-storm.ts';
import { breaksText, pastOf, placeOf, sightingText, signOf, stepOf, titleOf } from './incident-words.ts';

/**
 * The card of an incident, of at most 8 blocks: its state in the first line, then what is probably the cause and the
 * one thing to do. The same incident gives the same card, whatever changed it.
 */
export function incidentCard(view: IncidentView, frame: CardFrame): View {
  if (view.storm.length > 1) return stormCard(view, frame);
  return view.incident.state === 'resolved' ? resolvedCard(view, frame) : openCard(view, frame);
}

/** The first line: sign, what, whose, where, state. */
export function incidentTitle(incident: Incident): string {
  // Cut by itself: a long name must not push the state out of the title.
  const place = plain(placeOf(incident), 80);
  if (incident.state === 'resolved') return `🟢 RESOLVED · ${place} — ${pastOf(incident)}`;
  return `${signOf(incident)} ${titleOf(incident)} · ${place} — ${stateText(incident)}`;
}

function openCard(view: IncidentView, frame: CardFrame): View {
  const { incident } = view;
  const small = [...remarks(view, frame), ...linkLine(frame)];
  const blocks: KnownBlock[] = [
    header(incidentTitle(incident)),
    section([...ownerLines(incident), ...tellingLines(incident)]),
    ...evidence(incident),
    ...incidentButtons(view, frame),
    ...(small.length > 0 ? [context(small)] : []),
  ];
  return { text: standalone(incident), blocks };
}

function tellingLines(incident: Incident): string[] {
  const breaks = breaksText(incident);
  return [
    `*Since*  ${say(sightingText(incident), 700)}`,
    ...probably(incident),
    `*Do*  ${say(stepOf(incident), 600)}`,
    ...(breaks === null ? [] : [`*Breaks*  ${say(breaks, 500)}`]),
  ];
}

/** Failed logins are looked into within seconds; what else happened mostly says its cause by itself. */
function probably({ cause, kind }: Incident): string[] {
  if (cause?.id === 'unknown') return [`*Probably*  not clear: ${say(cause.text, 600)}`];
  if (cause) return [`*Probably*  ${say(cause.text, 600)} (${cause.confidence} confidence)`];
  const looked = kind === 'account-locked' || kind === 'login-failing';
  return looked ? ['*Probably*  _the cause is being looked for…_'] : [];
}

function evidence({ cause }: Incident): KnownBlock[] {
  const lines = (cause?.evidence ?? []).slice(0, 5).map((one) => say(one, 250));
  return lines.length > 0 ? [context(lines)] : [];
}

function resolvedCard(view: IncidentView, frame: CardFrame): View {
  const { incident } = view;
  const cause = incident.cause && incident.cause.id !== 'unknown' ? incident.cause.text : null;
  const told = incident.resolution?.cause ? [] : cause === null ? [] : [`*Cause*  ${say(cause, 600)}`];
  const small = remarks(view, frame);
  const lines = [...resolutionLines(incident), ...told];
  return {
    text: [say(incidentTitle(incident), 500), ...lines].join('\n'),
    blocks: [header(incidentTitle(incident)), section(lines), ...(small.length > 0 ? [context(small)] : [])],
  };
}

/** What a person reads who sees the notification alone: enough to know what to do. */
function standalone(incident: Incident): string {
  return [
    say(incidentTitle(incident), 500),
    `Since ${say(sightingText(incident), 500)}`,
    ...lateLines(incident),
    ...causeLines(incident).map((line) => line.replaceAll('*', '')),
    `Do: ${say(stepOf(incident), 600)}`,
  ].join('\n');
}

/** The cause as far as it is known. */
export function causeLines(incident: Incident): string[] {
  return probably(incident).filter((line) => !line.includes('being looked for'));
}
