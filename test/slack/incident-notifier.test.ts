import { afterEach, describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../../src/domain/incident.ts';
import type { Pace } from '../../src/ports/pace.ts';
import { slackWorkspace } from '../../src/sandbox/slack/workspace.ts';
import { slackIncidentNotifier } from '../../src/slack/incident-notifier.ts';
import type { IncidentSetting } from '../../src/slack/options.ts';
import { acknowledged, alone, incident, since } from './incidents.ts';
import { words } from './office.ts';
import { memory } from './records.ts';

const setting: IncidentSetting = {
  alerts: 'C0ALERTS',
  links: [],
  mention: 'S0ONCALL',
  integrations: [
    { integration: 'corp', alerts: null, addresses: true },
    { integration: 'lab', alerts: 'C0GENERAL', addresses: true },
  ],
};

/** Lets everything go at once and remembers which lanes were to wait. */
function openPace() {
  const held: [string, number | null][] = [];
  const done: string[] = [];
  const pace: Pace = {
    ask: async () => 0,
    done: async ({ lane, place }) => void done.push(`${lane} ${place}`),
    async failed({ lane }, toldMs) {
      held.push([lane, toldMs]);
      return toldMs ?? 1000;
    },
  };
  return { pace, held, done };
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function room(incidents = setting) {
  const slack = await slackWorkspace();
  stops.push(slack.close);
  const store = memory();
  const lanes = openPace();
  const lines: string[] = [];
  const level = (_: object, message: string) => void lines.push(message);
  const notifier = slackIncidentNotifier({
    web: { botToken: slack.botToken, apiUrl: slack.apiUrl },
    records: store.records,
    telemetry: { slackCalled: () => undefined },
    clock: Date.now,
    log: { info: level, warn: level, error: level },
    pace: lanes.pace,
    incidents,
  });
  return { slack, store, notifier, lines, ...lanes };
}

const entry = (more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  ...{ seq: 1, at: since, type: 'opened', what: 'Locked out', by: null, tell: 'thread' },
  ...more,
});
const open = () => incident({ openings: [Date.now()], openedAt: Date.now() });

type Room = Awaited<ReturnType<typeof room>>;
async function stands({ notifier }: Room, one = open()) {
  const sent = await notifier.card(alone(one), null);
  if (sent.outcome !== 'delivered') throw new Error(`not delivered: ${words(sent)}`);
  return { handle: sent.handle, one };
}
const line = (card: { channel: string; ts: string }, more = {}) => ({
  ...{
    deliveryId: 'l1',
    incidents: [incident()] as const,
    alone: true,
    card,
    entries: [entry()],
    broadcast: false,
    mention: false,
  },
  ...more,
});

describe('a card', () => {
  it('is posted with metadata, and edited when the incident changes', async () => {
    const at = await room();
    const { handle } = await stands(at);
    const edited = await at.notifier.card(alone(incident(acknowledged)), handle);
    expect(edited).toEqual({ outcome: 'delivered', handle });
    const [message, ...rest] = at.slack.messages('alerts');
    expect(rest).toEqual([]);
    expect(words(message?.metadata)).toContain('vaultcheck_incident');
    expect(message?.text).toContain('somebody has it');
    expect(at.done).toContain(`C0ALERTS incident-card:${incident().id}`);
  });

  it('goes to the channel of its integration', async () => {
    const at = await room();
    await stands(at, incident({ integration: 'lab' }));
    expect(at.slack.messages('general')).toHaveLength(1);
  });

  it.each([
    ['archived', setting],
    ['one that the bot is not in', withLab('G0SECURITY')],
  ])('of a channel that is %s stands in the common one and says so', async (_, incidents) => {
    const at = await room(incidents);
    at.slack.archive('general', true);
    const sent = await at.notifier.card(alone(incident({ integration: 'lab' })), null);
    expect(sent).toMatchObject({ outcome: 'delivered', handle: { channel: 'C0ALERTS' } });
    expect(words(at.slack.messages('alerts'))).toContain('so it stands here');
  });

  it('moves when its channel is archived later, once', async () => {
    const at = await room();
    const { handle } = await stands(at, incident({ integration: 'lab' }));
    at.slack.archive('general', true);
    const view = alone(incident({ integration: 'lab', ...acknowledged }));
    const moved = await at.notifier.card(view, handle);
    expect(moved).toMatchObject({ outcome: 'delivered', handle: { channel: 'C0ALERTS' } });
    // The process died before it was written down where the card stands now.
    expect(await at.notifier.card(view, handle)).toEqual(moved);
    expect(at.slack.messages('alerts')).toHaveLength(1);
  });

  it('is posted anew when somebody deleted it', async () => {
    const at = await room();
    const { one } = await stands(at);
    const moved = await at.notifier.card(alone(one), { channel: 'C0ALERTS', ts: '1.000001' });
    expect(moved).toMatchObject({ outcome: 'delivered' });
    expect(at.slack.messages('alerts')).toHaveLength(2);
  });

  it('whose answer was lost is found again, where the history may be read', async () => {
    const at = await room();
    at.slack.scopes.add('channels:history');
    at.slack.faults.add({ method: 'chat.postMessage', kind: 'lost-answer', times: 1 });
    const one = open();
    expect(await at.notifier.card(alone(one), null)).toMatchObject({ outcome: 'later' });
    expect(await at.notifier.card(alone(one), null)).toMatchObject({ outcome: 'delivered' });
    expect(at.slack.messages('alerts')).toHaveLength(1);
  });

  it('whose answer was lost stands twice at most, where it may not', async () => {
    const at = await room();
    at.slack.faults.add({ method: 'chat.postMessage', kind: 'lost-answer', times: 1 });
    const one = open();
    for (const _ of [1, 2, 3, 4]) await at.notifier.card(alone(one), null);
    expect(at.slack.messages('alerts')).toHaveLength(2);
  });

  it('that was posted by a process that died is not posted again', async () => {
    const at = await room();
    const { handle, one } = await stands(at);
    expect(await at.notifier.card(alone(one), null)).toEqual({ outcome: 'delivered', handle });
    expect(at.slack.messages('alerts')).toHaveLength(1);
  });

  it('waits as Slack asks, in its own lane alone', async () => {
    const at = await room();
    at.slack.faults.add({ method: 'chat.postMessage', kind: 'ratelimited', retryAfterS: 7, times: 1 });
    const sent = await at.notifier.card(alone(open()), null);
    expect(sent).toMatchObject({ outcome: 'later', afterMs: 7000 });
    expect(at.held).toEqual([['C0ALERTS', 7000]]);
    expect(at.done).toEqual([]);
  });

  it('is tried again while Slack fails, and loses its blocks rather than the alert', async () => {
    const at = await room();
    at.slack.faults.add({ method: 'chat.postMessage', kind: 'server-error', status: 503, times: 1 });
    expect(await at.notifier.card(alone(open()), null)).toMatchObject({ outcome: 'later', afterMs: 1000 });
    at.slack.faults.add({ method: 'chat.postMessage', kind: 'refused', error: 'invalid_blocks', times: 1 });
    expect(await at.notifier.card(alone(open()), null)).toMatchObject({ outcome: 'delivered' });
    expect(at.slack.messages('alerts')).toMatchObject([
      { text: expect.stringContaining('Do: '), blocks: [] },
    ]);
  });

  it.each(['invalid_auth', 'missing_scope'])('is not tried for ever after %s', async (error) => {
    const at = await room();
    at.slack.faults.add({ method: 'chat.postMessage', kind: 'refused', error });
    expect(await at.notifier.card(alone(open()), null)).toEqual({
      outcome: 'never',
      reason: `Slack: ${error}`,
    });
  });

  it('without any channel stands in the lists alone, and the log says so once', async () => {
    const at = await room({ ...setting, alerts: null });
    for (const id of ['i1', 'i2'])
      expect(await at.notifier.card(alone(incident({ id })), null)).toEqual({ outcome: 'nothing-to-tell' });
    expect(at.lines).toEqual([expect.stringContaining('Set slack.alerts')]);
    await at.notifier.card(alone(incident({ id: 'i3', integration: 'lab' })), null);
    expect(at.slack.messages('general')).toHaveLength(1);
  });
});

describe('a line of the thread', () => {
  it('is posted once, in the thread of the card, and not into the channel', async () => {
    const at = await room();
    const { handle } = await stands(at);
    for (const _ of [1, 2]) expect(await at.notifier.thread(line(handle))).toEqual({ outcome: 'delivered' });
    const [card] = at.slack.messages('alerts');
    expect(at.slack.messages('alerts')).toHaveLength(1);
    expect(card && at.slack.replies(card).map(({ text }) => text)).toEqual([
      expect.stringContaining('Locked out'),
    ]);
  });

  it('waits in one place for its thread, whichever lines are told together then', async () => {
    const at = await room();
    const { handle } = await stands(at);
    at.done.length = 0;
    await at.notifier.thread(line(handle));
    await at.notifier.thread(line(handle, { deliveryId: 'l2' }));
    const place = `C0ALERTS incident-thread:${handle.ts}`;
    expect(at.done).toEqual([place, place]);
  });

  it('of a re-fire goes into the channel too', async () => {
    const at = await room();
    const { handle } = await stands(at);
    await at.notifier.thread(line(handle, { broadcast: true }));
    expect(at.slack.messages('alerts')).toHaveLength(2);
  });

  it('of an escalation calls the group', async () => {
    const at = await room();
    const { handle } = await stands(at);
    await at.notifier.thread(line(handle, { mention: true, entries: [entry({ type: 'escalated' })] }));
    expect(words(at.slack.log('chat.postMessage').at(-1)?.args)).toContain('<!subteam^S0ONCALL>');
  });

  it('whose answer was lost is found again in the thread', async () => {
    const at = await room();
    at.slack.scopes.add('channels:history');
    const { handle } = await stands(at);
    at.slack.faults.add({ method: 'chat.postMessage', kind: 'lost-answer', times: 1 });
    expect(await at.notifier.thread(line(handle))).toMatchObject({ outcome: 'later' });
    expect(await at.notifier.thread(line(handle))).toEqual({ outcome: 'delivered' });
    const [card] = at.slack.messages('alerts');
    expect(card && at.slack.replies(card)).toHaveLength(1);
  });

  it('is told in the channel when the card was deleted, and in the common one when the channel is gone', async () => {
    const at = await room();
    const lost = { channel: 'C0GENERAL', ts: '1.000001' };
    await at.notifier.thread(line(lost));
    expect(at.slack.messages('general')).toHaveLength(1);
    at.slack.archive('general', true);
    await at.notifier.thread(line(lost, { deliveryId: 'l2' }));
    expect(at.slack.messages('alerts')).toHaveLength(1);
  });
});

function withLab(alerts: string): IncidentSetting {
  const integrations = setting.integrations.map((one) =>
    one.integration === 'lab' ? { ...one, alerts } : one,
  );
  return { ...setting, integrations };
}
