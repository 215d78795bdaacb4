import { afterEach, describe, expect, it } from 'vitest';
import { redisPace } from '../../src/adapters/redis/pace.ts';
import { redisDeliveries, redisOnce } from '../../src/adapters/redis/records/once.ts';
import { dayMs } from '../../src/domain/instant.ts';
import type { Fault } from '../../src/sandbox/slack/faults.ts';
import { type SlackWorkspace, slackWorkspace } from '../../src/sandbox/slack/workspace.ts';
import { slackIncidentNotifier } from '../../src/slack/incident-notifier.ts';
import type { IncidentSetting } from '../../src/slack/options.ts';
import { testRedis } from '../redis.ts';
import { alone, incident } from '../slack/incidents.ts';

const redis = testRedis();
let slack: SlackWorkspace | undefined;
afterEach(() => slack?.close());

const lab = { integration: 'lab', alerts: 'C0GENERAL', addresses: true };
const setting: IncidentSetting = { alerts: 'C0ALERTS', links: [], mention: null, integrations: [lab] };

/** Three workers over one Redis, each as it posts in production, but for shorter waits. */
async function workers(open: SlackWorkspace, patienceMs = 60_000) {
  const clients = await Promise.all([1, 2, 3].map(() => redis.client('patient')));
  await clients[0]?.flushall();
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  return clients.map((client) =>
    slackIncidentNotifier({
      web: { botToken: open.botToken, apiUrl: open.apiUrl, timeoutMs: 400 },
      records: { deliveries: redisDeliveries(client, dayMs), once: redisOnce(client) },
      telemetry: { slackCalled: () => undefined },
      clock: Date.now,
      log: quiet,
      pace: redisPace(client, { gapMs: 20, firstPauseMs: 50, patienceMs }),
      incidents: setting,
    }),
  );
}

/** As the queue does it: each attempt by any worker, until it is posted or refused for good. */
async function deliverAll(
  notifiers: Awaited<ReturnType<typeof workers>>,
  count: number,
  integration = 'corp',
): Promise<string[]> {
  const began = Date.now();
  const deliver = async (at: number) => {
    const one = incident({
      id: `${integration}-${at}`,
      integration,
      account: `svc-${at}`,
      openings: [began + at],
    });
    for (let attempt = at; ; attempt += 1) {
      const sent = await notifiers[attempt % notifiers.length]?.card(alone(one), null);
      if (sent?.outcome !== 'later') return sent?.outcome ?? '';
      await new Promise((resolve) => setTimeout(resolve, sent.afterMs ?? 50));
    }
  };
  // The youngest first: the order is not that of the asking.
  return Promise.all(Array.from({ length: count }, (_, at) => deliver(count - 1 - at)));
}

/** The accounts in the order in which their cards stand. */
function shown(open: SlackWorkspace, channel = 'alerts'): number[] {
  return open.messages(channel).map(({ text }) => Number(/svc-(\d+)/.exec(text)?.[1]));
}
const inOrder = (count: number) => Array.from({ length: count }, (_, at) => at);

describe('cards of one channel', () => {
  it.each<[string, Fault[]]>([
    ['answers 503', [{ method: 'chat.postMessage', kind: 'server-error', status: 503, times: 7 }]],
    ['does not answer', [{ method: 'chat.postMessage', kind: 'hang', times: 3 }]],
    ['asks to wait', [{ method: 'chat.postMessage', kind: 'ratelimited', retryAfterS: 1, times: 1 }]],
    [
      'says that it failed',
      [{ method: 'chat.postMessage', kind: 'refused', error: 'internal_error', times: 4 }],
    ],
    [
      'does all of it in turn',
      [
        { method: '*', kind: 'server-error', status: 500, times: 3 },
        { method: '*', kind: 'hang', times: 1 },
        { method: '*', kind: 'ratelimited', retryAfterS: 1, times: 1 },
        { method: '*', kind: 'lost-answer', times: 1 },
      ],
    ],
  ])('stand once and in the order in which things happened when Slack %s', async (_, faults) => {
    slack = await slackWorkspace({ scopes: ['chat:write', 'channels:history'] });
    const notifiers = await workers(slack);
    for (const fault of faults) slack.faults.add(fault);
    await deliverAll(notifiers, 12);
    const order = shown(slack);
    // Whoever asked first found a free lane: nothing older was known then.
    expect([...order].sort((one, other) => one - other)).toEqual(inOrder(12));
    expect(order.slice(1)).toEqual(inOrder(12).filter((at) => at !== order[0]));
  });

  it('do not wait for one that Slack refuses for good, nor for those of another channel', async () => {
    slack = await slackWorkspace();
    const notifiers = await workers(slack);
    slack.faults.add({ method: 'chat.postMessage', kind: 'refused', error: 'no_text', times: 1 });
    const [alerts, general] = await Promise.all([deliverAll(notifiers, 6), deliverAll(notifiers, 6, 'lab')]);
    expect([...alerts, ...general].filter((one) => one === 'never')).toHaveLength(1);
    expect(shown(slack).length + shown(slack, 'general').length).toBe(11);
  });

  it('do not wait for ever for one that alone fails again and again', async () => {
    slack = await slackWorkspace();
    const notifiers = await workers(slack, 300);
    const poison = slack.faults.add({ method: 'chat.postMessage', kind: 'server-error', saying: 'svc-0 ' });
    const all = deliverAll(notifiers, 5);
    const open = slack;
    await expect.poll(() => shown(open).length, { timeout: 20_000 }).toBe(4);
    poison();
    await all;
    expect(shown(slack).at(-1)).toBe(0);
  });
});
