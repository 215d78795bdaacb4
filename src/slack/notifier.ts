import type { MessageHandle } from '../domain/destination.ts';
import type { Delivered, Delivery, Notifier } from '../ports/notifier.ts';
import { context, type View } from './blocks.ts';
import { contentId, contentView } from './content.ts';
import { eventTypes } from './ids.ts';
import type { NotifierOptions } from './options.ts';
import { paced, pacedEdit, patientTurnOf, turnOf } from './paced.ts';
import { directChannel, edit, type Letter, type Posted, type PostMeans, post } from './posting.ts';
import { replyWith } from './reply.ts';
import { say } from './text.ts';
import { slackWeb } from './web.ts';

/**
 * Delivers to Slack. A person is told by the response URL while it lasts, else by direct message; a channel by a
 * message of the bot that later deliveries edit. Makes no retries: what can be tried again is answered `later`.
 */
export function slackNotifier(options: NotifierOptions): Notifier {
  const { records, clock, log, telemetry, pace } = options;
  const web = slackWeb(options.web, { telemetry, log, now: clock });
  const means = { web, log, clock, pace, deliveries: records.deliveries, once: records.once };
  return {
    async deliver(delivery) {
      const view = await contentView(delivery.content, records);
      if (view === null) return { outcome: 'nothing-to-tell' };
      const posted = await (inChannel(delivery) ? toChannel : toPerson)(delivery, view, means);
      const { deliveryId } = delivery;
      // Waiting for the channel's turn is the usual course of things.
      if (posted.outcome === 'later') log.info({ deliveryId, ...posted }, 'A message waits to be delivered');
      if (posted.outcome === 'never')
        log.warn({ deliveryId, ...posted }, 'A message was not delivered to Slack');
      return posted;
    },
  };
}

type Means = PostMeans & Pick<NotifierOptions, 'clock' | 'pace'>;

/** Notes are for the person alone, wherever the report goes. */
function inChannel({ to, content }: Delivery): boolean {
  return to.audience === 'channel' && content.type !== 'progress';
}

async function toPerson(delivery: Delivery, view: View, means: Means): Promise<Delivered> {
  const { to, content } = delivery;
  const before = await means.deliveries.find(delivery.deliveryId);
  if (before === 'sent') return { outcome: 'delivered' };
  // A batch is edited as it goes on, and what a response URL shows cannot be edited.
  if (before === null && content.type !== 'batch') {
    const replied = await replyWith(to.reply, view, { web: means.web, once: means.once, now: means.clock() });
    if (replied.outcome === 'sent') {
      await means.deliveries.record(delivery.deliveryId, 'sent');
      return { outcome: 'delivered' };
    }
    if (replied.outcome === 'fault') {
      const { code, afterMs } = replied.fault;
      return { outcome: 'later', afterMs, reason: `Slack: ${code}` };
    }
  }
  return directly(delivery, view, means);
}

async function directly(delivery: Delivery, view: View, means: Means): Promise<Delivered> {
  const letter = { ...letterOf(delivery), thread: undefined };
  const before = await means.deliveries.find(delivery.deliveryId);
  if (before !== null && before !== 'sent') {
    const edited = await editInLane(before, letter, view, means);
    if (edited.outcome !== 'anew' && edited.outcome !== 'elsewhere') return final(edited);
  }
  const direct = await directChannel(delivery.to.person, means.web);
  const posted = 'channel' in direct ? await postInLane(direct.channel, letter, view, means) : direct.refused;
  return final(posted);
}

async function toChannel(delivery: Delivery, view: View, means: Means): Promise<Delivered> {
  const { to } = delivery;
  const before = await means.deliveries.find(delivery.deliveryId);
  if (before === 'sent') return { outcome: 'delivered' };
  const standing = before ?? to.message;
  const edited = standing ? await editInLane(standing, letterOf(delivery), view, means) : null;
  const posted =
    edited === null || edited.outcome === 'anew'
      ? await postInLane(to.channel, letterOf(delivery), view, means)
      : edited;
  if (posted.outcome !== 'elsewhere') return final(posted);
  return directly(delivery, fallen(view, to.channel, posted.reason), means);
}

type Sent = Letter & { patient: boolean };

/** Answers stand in line with the alerts of their channel: Slack counts both. What nobody asked for lets alerts go first. */
function postInLane(channel: string, letter: Sent, view: View, means: Means): Promise<Posted> {
  const turn = letter.patient ? patientTurnOf(channel, letter) : turnOf(channel, letter);
  return paced(means.pace, turn, () => post(channel, letter, view, means));
}

function editInLane(at: MessageHandle, letter: Letter, view: View, means: Means): Promise<Posted> {
  return pacedEdit(means.pace, at, letter, () => edit(at, letter, view, means));
}

/** Why the message stands here and not in the channel. */
function fallen(view: View, channel: string, reason: string): View {
  const where = /^[CG][A-Z0-9]+$/.test(channel) ? `<#${channel}>` : 'the channel';
  const note = `I could not post in ${where} (${say(reason, 80)}), so it comes to you. Invite me there and run it again.`;
  return { text: `${view.text}\n${note}`, blocks: [...view.blocks, context([note])] };
}

function letterOf({ deliveryId, content, createdAt, to }: Delivery): Sent {
  const thread = to.audience === 'channel' && to.thread ? { ts: to.thread, broadcast: false } : undefined;
  const patient = content.type === 'summary';
  const about = contentId(content);
  return { id: deliveryId, about, eventType: eventTypes.report, createdAt, thread, patient };
}

function final(posted: Posted): Delivered {
  if (posted.outcome === 'delivered') return { outcome: 'delivered' };
  if (posted.outcome !== 'elsewhere' && posted.outcome !== 'anew') return posted;
  return { outcome: 'never', reason: posted.reason };
}
