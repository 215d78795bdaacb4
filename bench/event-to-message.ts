import { setTimeout as wait } from 'node:timers/promises';
import { findEngine } from '../src/adapters/redis/private-server.ts';
import { slackWorkspace } from '../src/sandbox/slack/workspace.ts';
import { openPlace } from './chaos/place.ts';
import { bareName, holds, lockoutLine, openSender, postedAt, quiet } from './kit/lockouts.ts';
import { inRounds, type Measure } from './kit/measure.ts';
import { build, freePort, peerScript, running } from './kit/process.ts';
import { noRedis } from './kit/redis.ts';
import { quantile } from './kit/stats.ts';

const accountsUnlessSaid = 200;
const everyMs = 1_200;
/** Lockouts of one integration within a minute share a card: with at least so many in between, each has its own. */
const integrationsApart = 60;
/** So long nothing was said: the first looks of a start are over. */
const settleMs = 8_000;

/** From the write to the socket until the message is at Slack, whose answer is not counted. */
export const eventToMessage: Measure = {
  name: 'event-to-message',
  title: 'a lockout on the wire until its message is at Slack, different accounts, one each 1.2 s',
  peer: 'a straight line written by hand: socket, pattern, post; no queue, nothing kept',
  rounds: 1,
  async take(rounds, { accounts = accountsUnlessSaid }) {
    if ((await findEngine()) === null) return noRedis;
    build();
    const taken = await inRounds(rounds, () => latencies(accounts));
    const figure = (what: string, of: (times: readonly number[]) => number, atMost: number | null) => ({
      what,
      unit: 'ms',
      ours: taken.map(({ ours }) => of(ours)),
      peer: taken.map(({ peer }) => of(peer)),
      compare: 'value' as const,
      aim: atMost === null ? null : { atMost },
    });
    return {
      figures: [
        figure('p50', (times) => quantile(times, 0.5), null),
        figure('p99', (times) => quantile(times, 0.99), 250),
        figure('lockouts without a message', (times) => accounts - times.length, 0),
      ],
    };
  },
};

type Taken = { ours: number[]; peer: number[] };

async function latencies(accounts: number): Promise<Taken> {
  const accountsEach = Math.max(1, Math.floor(accounts / integrationsApart));
  const place = await openPlace({ accounts: accounts + accountsEach, accountsEach });
  const line = await straightLine();
  try {
    // The first polls of a start, and the first of everything, are no part of it.
    const [sender, sent] = [await openSender(place.ports.tcp), new Map<string, number>()];
    const peerSender = await openSender(line.port);
    for (const account of inTurn(place.accounts.slice(-1), 1)) sender.write(lockoutLine(place, account));
    await quiet(place.slack, settleMs);
    const peerSent = new Map<string, number>();
    for (const account of inTurn(place.accounts.slice(0, accounts), accountsEach)) {
      const text = lockoutLine(place, account);
      sent.set(account, Date.now());
      sender.write(text);
      await wait(everyMs / 2);
      peerSent.set(account, Date.now());
      peerSender.write(text);
      await wait(everyMs / 2);
    }
    const ours = () => timesOf(sent, (name) => postedAt(place.slack, name));
    await holds(() => ours().length === accounts, 60_000, 500);
    sender.destroy();
    peerSender.destroy();
    return { ours: ours(), peer: timesOf(peerSent, (name) => postedAt(line.slack, name)) };
  } finally {
    await line.close();
    await place.close();
  }
}

/** One account of each integration after the other, then the next of each. */
function inTurn(accounts: readonly string[], each: number): string[] {
  const slots = Array.from({ length: each }, (_, slot) => slot);
  return slots.flatMap((slot) => accounts.filter((_, at) => at % each === slot));
}

function timesOf(sent: ReadonlyMap<string, number>, at: (name: string) => number | null): number[] {
  return [...sent].flatMap(([account, from]) => {
    const posted = at(bareName(account));
    return posted === null ? [] : [posted - from];
  });
}

/** The peer, with a Slack of its own. */
async function straightLine() {
  const [slack, port] = [await slackWorkspace(), await freePort()];
  const env = { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken, PORT: String(port) };
  const program = await running({ script: peerScript('straight-line'), env, ready: /ready/ });
  return {
    slack,
    port,
    async close() {
      await program.stop();
      await slack.close();
    },
  };
}
