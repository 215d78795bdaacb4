import type { MessageHandle } from '../domain/destination.ts';
import type { Incident } from '../domain/incident.ts';
import type {
  CardDelivered,
  IncidentNotifier,
  IncidentView,
  ThreadMessage,
} from '../ports/incident-notifier.ts';
import type { Delivered } from '../ports/notifier.ts';
import type { Pace } from '../ports/pace.ts';
import { eventTypes } from './ids.ts';
import { alertsChannel, frameOf } from './incident-frame.ts';
import type { IncidentNotifierOptions, IncidentSetting } from './options.ts';
import { paced, pacedEdit, patientTurnOf, turnOf } from './paced.ts';
import { edit, type Letter, type Posted, type PostMeans, post } from './posting.ts';
import { incidentCard } from './render/incident.ts';
import { threadView } from './render/incident-thread.ts';
import { slackWeb } from './web.ts';

type Means = PostMeans & { pace: Pace; setting: IncidentSetting };

const unheardText =
  'An integration has no channel for incidents: they stand in /vault incidents alone. Set slack.alerts';

/**
 * Shows incidents in Slack: a card in the channel of the integration, edited in place, and its timeline in the thread.
 * A channel that cannot be posted in gives way to the common one, and the card says so; where no channel is configured
 * the log says so, once. Makes no retries: what can be tried again is answered `later`.
 */
export function slackIncidentNotifier(options: IncidentNotifierOptions): IncidentNotifier {
  const { records, clock, log, telemetry, pace, incidents: setting } = options;
  const web = slackWeb(options.web, { telemetry, log, now: clock });
  const means = { web, log, deliveries: records.deliveries, once: records.once, pace, setting };
  const unheard = new Set<string>();
  const told = <D extends CardDelivered | Delivered>(delivered: D, incidentId: string): D => {
    // Waiting for the channel's turn is the usual course of things in a storm.
    if (delivered.outcome === 'later')
      log.info({ incidentId, ...delivered }, 'An incident waits to be shown');
    if (delivered.outcome === 'never')
      log.warn({ incidentId, ...delivered }, 'An incident was not shown in Slack');
    return delivered;
  };
  const noChannel = (integration: string): CardDelivered => {
    if (!unheard.has(integration)) log.warn({ integration }, unheardText);
    unheard.add(integration);
    return { outcome: 'nothing-to-tell' };
  };
  return {
    card: async (view, handle) =>
      handle === null && channelsOf(view.incident, setting).length === 0
        ? noChannel(view.incident.integration)
        : told(await bringCard(view, handle, means), view.incident.id),
    thread: async (message) => told(await bringThread(message, means), message.incidents[0].id),
  };
}

async function bringCard(
  view: IncidentView,
  handle: MessageHandle | null,
  means: Means,
): Promise<CardDelivered> {
  const { incident } = view;
  const createdAt = incident.openings[0] ?? incident.openedAt;
  const letter: Letter = {
    id: `incident-card:${incident.id}`,
    about: incident.id,
    eventType: eventTypes.incident,
    createdAt,
  };
  if (handle === null) return postCard(view, letter, means);
  const edited = await editCard(view, handle, letter, means);
  if (edited.outcome !== 'anew' && edited.outcome !== 'elsewhere') return edited;
  // The message or its channel is gone: another message, found again by an id of its own.
  return postCard(view, { ...letter, id: `${letter.id}:after:${handle.ts}` }, means);
}

async function postCard(view: IncidentView, letter: Letter, means: Means): Promise<CardDelivered> {
  const before = await means.deliveries.find(letter.id);
  if (before !== null && before !== 'sent') {
    const edited = await editCard(view, before, letter, means);
    if (edited.outcome !== 'anew' && edited.outcome !== 'elsewhere') return edited;
  }
  let last: Posted = { outcome: 'never', reason: 'The channel of its card is not configured any more.' };
  for (const channel of channelsOf(view.incident, means.setting)) {
    const card = incidentCard(view, frameOf(means.setting, view.incident.integration, channel));
    last = await paced(means.pace, turnOf(channel, letter), () => post(channel, letter, card, means));
    if (last.outcome !== 'elsewhere') break;
  }
  return last.outcome === 'elsewhere' || last.outcome === 'anew'
    ? { outcome: 'never', reason: last.reason }
    : last;
}

function editCard(view: IncidentView, at: MessageHandle, letter: Letter, means: Means): Promise<Posted> {
  const card = incidentCard(view, frameOf(means.setting, view.incident.integration, at.channel));
  return pacedEdit(means.pace, at, letter, () => edit(at, letter, card, means));
}

/** Where a card belongs, and where it goes when it cannot be posted there. */
function channelsOf({ integration }: Incident, setting: IncidentSetting): string[] {
  const all = [alertsChannel(setting, integration), setting.alerts];
  return [...new Set(all.filter((channel) => channel !== null))];
}

async function bringThread(message: ThreadMessage, means: Means): Promise<Delivered> {
  const { incidents, card, entries, deliveryId, broadcast } = message;
  const done = { outcome: 'delivered' } as const;
  if ((await means.deliveries.find(deliveryId)) !== null) return done;
  const letter: Letter = {
    id: deliveryId,
    about: incidents[0].id,
    eventType: eventTypes.incident,
    createdAt: entries[0]?.at ?? incidents[0].updatedAt,
    thread: { ts: card.ts, broadcast },
  };
  const urgent = broadcast || message.mention;
  const turn = urgent ? turnOf : patientTurnOf;
  // One place for each thread: a line that is told together with a later one must leave none behind that others wait for.
  const place = `incident-thread:${card.ts}${urgent ? ':urgent' : ''}`;
  const shown = threadView(message, message.mention ? means.setting.mention : null);
  const send = (channel: string, one: Letter) =>
    paced(means.pace, { ...turn(channel, one), place }, () => post(channel, one, shown, means));
  const sent = await send(card.channel, letter);
  const posted = sent.outcome === 'anew' ? await send(card.channel, { ...letter, thread: undefined }) : sent;
  if (posted.outcome === 'delivered') return done;
  if (posted.outcome !== 'elsewhere' && posted.outcome !== 'anew') return posted;
  return elsewhere(message, { letter, reason: posted.reason }, send, means);
}

/** The card's channel is gone: what is new is told in the common one, since a line that nobody reads is lost. */
async function elsewhere(
  { incidents, card }: ThreadMessage,
  { letter, reason }: { letter: Letter; reason: string },
  send: (channel: string, letter: Letter) => Promise<Posted>,
  { setting }: Means,
): Promise<Delivered> {
  const channel = channelsOf(incidents[0], setting).find((one) => one !== card.channel);
  const sent = channel === undefined ? null : await send(channel, { ...letter, thread: undefined });
  if (sent === null || sent.outcome === 'elsewhere' || sent.outcome === 'anew')
    return { outcome: 'never', reason };
  return sent.outcome === 'delivered' ? { outcome: 'delivered' } : sent;
}
