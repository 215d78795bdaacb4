import type { ActionsBlock } from '@slack/types';
import { type Incident, stateOf } from '../../domain/incident.ts';
import { span } from '../../domain/instant.ts';
import type { IncidentView } from '../../ports/incident-notifier.ts';
import { actions, button, overflow } from '../blocks.ts';
import { actionIds, asValue } from '../ids.ts';
import { date, escaped, say } from '../text.ts';
import { person } from './people.ts';

/** What a card shows beside the incident: the same for all cards of an integration. */
export type CardFrame = {
  /** `incidents.links`. */
  links: readonly { title: string; url: string }[];
  /** Whether a group is configured to escalate to. */
  escalation: boolean;
  /** Whether an appliance's address is configured: without one nobody can tell whose a failure is. */
  addresses: boolean;
  /** The channel where it should stand, when it could not. */
  displacedFrom: string | null;
};

export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** Who has it, who quieted it, when help was called, in `mrkdwn`. No line where the title says all: nobody has it. */
export function ownerLines({ acknowledged, snoozed, escalated }: Incident): string[] {
  const known = [
    ...(acknowledged ? [`${person(acknowledged.by)} has it since ${date(iso(acknowledged.at))}`] : []),
    ...(snoozed ? [`snoozed until ${date(iso(snoozed.until))} by ${person(snoozed.by)}`] : []),
    ...(escalated && !acknowledged ? [`nobody has it, escalated ${date(iso(escalated.at))}`] : []),
  ];
  return known.length > 0 ? [known.join(' · ')] : [];
}

/** How it ended, in `mrkdwn`. */
export function resolutionLines({ resolution }: Incident): string[] {
  if (!resolution) return [];
  const who = resolution.by === null ? 'Seen to be over' : `Resolved by ${person(resolution.by)}`;
  return [
    `${who} · ${date(iso(resolution.at))}`,
    ...(resolution.cause ? [`*Cause*  ${say(resolution.cause, 600)}`] : []),
    ...(resolution.note ? [`${resolution.by === null ? '' : '*Note*  '}${say(resolution.note, 600)}`] : []),
  ];
}

/** Remarks in small print that hold for the card as it stands. */
export function remarks({ incident }: IncidentView, frame: CardFrame): string[] {
  const { flapping, openings, breaks, state } = incident;
  const open = state !== 'resolved';
  return [
    ...lateLines(incident),
    ...(flapping
      ? [`🔁 It comes and goes: opened ${openings.length} times. Nobody is called for it again.`]
      : []),
    ...(open && !frame.addresses
      ? ['No address of an appliance is configured, so whose failures these are is not told.']
      : []),
    ...(open ? (breaks?.unread ?? []).slice(0, 3).map((one) => `⚠️ ${say(one, 250)}`) : []),
    ...(frame.displacedFrom === null ? [] : [displaced(frame.displacedFrom)]),
  ];
}

export function lateLines({ lateMs }: Incident): string[] {
  return lateMs === null ? [] : [`⏱️ Secret Server told of it ${say(span(lateMs), 40)} late.`];
}

function displaced(channel: string): string {
  const where = /^[CG][A-Z0-9]+$/.test(channel) ? `<#${channel}>` : 'its own channel';
  return `⚠️ I could not post in ${where}, so it stands here. Invite me there, or correct \`alerts\` in the configuration.`;
}

export function linkLine({ links }: CardFrame): string[] {
  const all = links
    .slice(0, 5)
    .map(({ title, url }) => `<${linked(url)}|${say(title, 60).replaceAll('|', '/')}>`);
  return all.length > 0 ? [all.join(' · ')] : [];
}

/** An address as it may stand in a link. */
function linked(url: string): string {
  return escaped(url.slice(0, 1000)).replace(/\|/g, '%7C').replace(/\s/g, '%20');
}

const snoozes = [
  { text: 'Snooze 30 minutes', act: 'snooze-30m' },
  { text: 'Snooze 2 hours', act: 'snooze-2h' },
  { text: 'Snooze until 9:00', act: 'snooze-morning' },
] as const;

/** What can be done now, by whoever may: a button goes when it no longer applies. */
export function incidentButtons(
  view: IncidentView,
  { escalation }: Pick<CardFrame, 'escalation'>,
): ActionsBlock[] {
  const all = [view.incident, ...view.storm].filter(({ state }) => state !== 'resolved');
  if (all.length === 0) return [];
  const value = asValue({ id: view.incident.id });
  const option = (text: string, act: string) => ({ text, value: asValue({ id: view.incident.id, do: act }) });
  const mayEscalate = escalation && all.some(({ escalated }) => escalated === null);
  const more = [
    ...snoozes.map(({ text, act }) => option(text, act)),
    ...(mayEscalate ? [option('Escalate', 'escalate')] : []),
    option('Audit trail', 'audit'),
  ];
  const untaken = all.some(({ acknowledged }) => acknowledged === null);
  return [
    actions([
      ...(untaken
        ? [button({ text: 'Acknowledge', actionId: actionIds.acknowledge, value, primary: true })]
        : []),
      button({ text: 'Resolve', actionId: actionIds.resolve, value }),
      button({ text: 'Run check', actionId: actionIds.checkIncident, value }),
      overflow({ actionId: actionIds.more, options: more }),
    ]),
  ];
}

/** The state in a few words, without people: for titles. */
export function stateText(incident: Incident): string {
  const state = stateOf(incident);
  if (state === 'snoozed' && incident.snoozed) return 'snoozed';
  return {
    open: incident.escalated ? 'escalated, nobody has it' : 'open, nobody has it',
    acknowledged: 'somebody has it',
    snoozed: 'snoozed',
    resolved: 'resolved',
  }[state];
}
