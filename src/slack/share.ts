import { checkWords } from '../commands/check.ts';
import type { MessageHandle } from '../domain/destination.ts';
import type { Report } from '../domain/report.ts';
import type { Ask } from './ask.ts';
import type { View } from './blocks.ts';
import type { Clicked } from './clicked.ts';
import type { Desk } from './desk.ts';
import { shareId, startShare } from './jobs.ts';
import { sentence } from './render/answer.ts';
import { type Share, sharedView } from './render/shared.ts';

/** So many commands and clicks are looked through for who shared: what was long ago is told without a name. */
const lookedThrough = 300;

/** Posts a stored report in the channel of the click, once; whoever comes later is told that it is there. */
export async function shareReport({ desk, ask, click }: Clicked, report: Report): Promise<View> {
  if (ask.channel === '') return sentence('Open the report in a channel to share it there.');
  if (click.message && click.container.is_ephemeral !== true) return seenHere(desk, ask, report);
  const delivered = await desk.records.deliveries.find(shareId(report.runId, ask.channel)).catch(() => null);
  if (delivered !== null && delivered !== 'sent') return sharedBefore(desk, ask, report, delivered);
  await startShare(desk, ask, report.runId);
  return sentence('Sharing the report in this channel…');
}

/** A direct message begins with D: there nobody else would see it. */
function seenHere(desk: Desk, ask: Ask, report: Report): View {
  return ask.channel.startsWith('D')
    ? sentence(`Nobody else reads this conversation. In a channel, run ${publicCheck(desk, report)}`)
    : sentence('Everybody in this channel sees this report already.');
}

async function sharedBefore(desk: Desk, ask: Ask, report: Report, message: MessageHandle): Promise<View> {
  if (message.channel !== ask.channel)
    return sentence(
      `I could not post in this channel, so the report went to who shared it as a direct message. Invite me here, then run ${publicCheck(desk, report)}`,
    );
  return sharedView(await shareOf(desk, ask, report.runId, message));
}

function publicCheck({ slash }: Desk, { subject, integration }: Report): string {
  return `${slash.name} ${checkWords({ secret: subject.secret, integration, audience: 'channel' })}`;
}

/** Slack's `ts` is the moment of the post in seconds; the click that led to it is the last one before. */
async function shareOf(desk: Desk, ask: Ask, runId: string, { ts }: MessageHandle): Promise<Share> {
  const postedMs = Number(ts) * 1000;
  const entries = await desk.records.commandLog.read(lookedThrough).catch(() => []);
  const clicked = entries.find(
    ({ what, channel, allowed, at }) =>
      what === `report.share ${runId}` && channel === ask.channel && allowed && Date.parse(at) <= postedMs,
  );
  return { at: new Date(postedMs).toISOString(), by: clicked?.person ?? null };
}
