import { afterEach, describe, expect, it } from 'vitest';
import type { Content, Destination } from '../../src/domain/destination.ts';
import type { Turn } from '../../src/ports/pace.ts';
import { auditAnswer, batch, failing, report } from './fixtures.ts';
import { openPace } from './incident-room.ts';
import { lastSeen, type Office, office, words } from './office.ts';

let open: Office | undefined;
afterEach(async () => {
  await open?.stop();
  open = undefined;
});

async function start(): Promise<Office> {
  open = await office();
  open.store.reports.set('run-1', failing);
  open.store.reports.set('run-2', report({ runId: 'run-2' }));
  return open;
}

const here = { workspace: 'T0VAULT', person: 'U0BEN', channel: 'C0GENERAL' } as const;
const channel: Destination = { ...here, audience: 'channel', reply: null, message: null };
const person: Destination = { ...here, audience: 'person', reply: null, message: null };
const shown: Content = { type: 'report', runId: 'run-1' };

/** The address for answers that comes with a command. */
async function asked({ slack, queue }: Office): Promise<Destination> {
  await slack.command('U0BEN', 'general', '/vault check scanadmin');
  const to = queue.jobs('verify')[0]?.to;
  if (!to) throw new Error('no job');
  return to;
}

const deliver = ({ notifier }: Office, deliveryId: string, to: Destination, content: Content = shown) =>
  notifier.deliver({ deliveryId, content, to, createdAt: Date.now() });

describe('a person', () => {
  it('is told by the response URL, and only once for one delivery', async () => {
    const one = await start();
    const to = await asked(one);
    expect(await deliver(one, 'd1', to)).toEqual({ outcome: 'delivered' });
    expect(await deliver(one, 'd1', to)).toEqual({ outcome: 'delivered' });
    expect(one.slack.log('response_url')).toHaveLength(1);
    expect(lastSeen(one.slack, 'U0BEN')).toContain('DoubleLock is on');
    expect(one.slack.messages('general').filter((message) => message.shownTo === undefined)).toEqual([]);
  });

  it('gets a direct message when the five uses are over', async () => {
    const one = await start();
    const to = await asked(one);
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
      expect(await deliver(one, id, to)).toEqual({ outcome: 'delivered' });
    }
    expect(one.slack.log('response_url')).toHaveLength(5);
    expect(one.slack.directMessages('U0BEN')).toHaveLength(1);
  });

  it('gets a direct message when the response URL has ended', async () => {
    const one = await start();
    const to = await asked(one);
    const ended = to.reply ? { ...to, reply: { ...to.reply, until: Date.now() - 1 } } : to;
    expect(await deliver(one, 'd1', ended)).toEqual({ outcome: 'delivered' });
    expect(one.slack.log('response_url')).toEqual([]);
    expect(one.slack.directMessages('U0BEN')).toHaveLength(1);
  });

  it('is told again later when the response URL asks to wait or fails', async () => {
    const one = await start();
    const to = await asked(one);
    one.slack.faults.add({ method: 'response_url', kind: 'ratelimited', retryAfterS: 7, times: 1 });
    expect(await deliver(one, 'd1', to)).toEqual({
      outcome: 'later',
      afterMs: 7000,
      reason: 'Slack: ratelimited',
    });
    one.slack.faults.add({ method: 'response_url', kind: 'server-error', times: 1 });
    expect(await deliver(one, 'd1', to)).toMatchObject({ outcome: 'later', afterMs: null });
    expect(await deliver(one, 'd1', to)).toEqual({ outcome: 'delivered' });
  });

  it('sees a batch as one direct message that is edited', async () => {
    const one = await start();
    one.store.batches.set('batch-1', batch);
    const content = { type: 'batch', batchId: 'batch-1' } as const;
    await deliver(one, 'b1', person, content);
    one.store.batches.set('batch-1', { ...batch, total: 3, finishedAt: batch.startedAt });
    await deliver(one, 'b1', person, content);
    expect(one.slack.directMessages('U0BEN').map((message) => message.text)).toEqual([
      expect.stringContaining('Checked 3 secrets'),
    ]);
  });

  it('hears what a long run waits for, and nothing when it has ended', async () => {
    const one = await start();
    const content = { type: 'progress', runId: 'run-1' } as const;
    expect(await deliver(one, 'p1', person, content)).toEqual({ outcome: 'nothing-to-tell' });
    one.store.waiting.set('run-1', ['Secret Server', 'site dmz']);
    await deliver(one, 'p1', person, content);
    expect(one.slack.directMessages('U0BEN').at(-1)?.text).toContain(
      'waiting for Secret Server and site dmz',
    );
  });

  it('hears what a public run waits for, alone', async () => {
    const one = await start();
    one.store.waiting.set('run-1', ['Secret Server']);
    await deliver(one, 'p1', channel, { type: 'progress', runId: 'run-1' });
    expect(one.slack.messages('general')).toEqual([]);
  });

  it('gets audit trails and troubles', async () => {
    const one = await start();
    one.store.audits.set('audit-1', auditAnswer);
    await deliver(one, 'a1', person, { type: 'audit', auditId: 'audit-1' });
    await deliver(one, 't1', person, { type: 'trouble', reference: 'ab12', text: 'It stopped.' });
    const seen = words(one.slack.directMessages('U0BEN'));
    expect(seen).toContain('svc-qualys');
    expect(seen).toContain('reference ab12');
  });

  it('is told in the channel, without pinging anybody, what a first look found', async () => {
    const one = await start();
    const lines = [
      'CORP\\svc-qualys: locked out',
      '<!channel>: renamed',
      ...Array(40).fill('scanadmin: fails'),
    ];
    const found = { summaryId: 's1', integration: 'corp', look: 'poll', at: 0, lines } as const;
    one.store.summaries.set('s1', { ...found, lines: [...lines] });
    await deliver(one, 's1', channel, { type: 'summary', summaryId: 's1' });
    const [message] = one.slack.messages('general');
    expect(message?.text).toContain('First look at corp');
    expect(words(message)).toContain('svc-qualys: locked out');
    expect(words(message)).not.toContain('<!channel>');
    expect(words(message)).toContain('and 22 more');
    one.store.summaries.set('s2', { ...found, look: 'check', lines: ['scanadmin: fails'] });
    await deliver(one, 's2', channel, { type: 'summary', summaryId: 's2' });
    expect(words(one.slack.messages('general'))).toContain('1 failing check');
  });

  it('hears nothing of what is not kept any more', async () => {
    const one = await start();
    expect(await deliver(one, 'd1', person, { type: 'report', runId: 'gone' })).toEqual({
      outcome: 'nothing-to-tell',
    });
  });
});

describe('a channel', () => {
  it('gets a message with metadata, which a repeated delivery edits', async () => {
    const one = await start();
    expect(await deliver(one, 'd1', channel)).toEqual({ outcome: 'delivered' });
    expect(await deliver(one, 'd1', channel)).toEqual({ outcome: 'delivered' });
    expect(one.slack.messages('general')).toHaveLength(1);
    expect(one.slack.log('chat.postMessage')).toHaveLength(1);
    expect(words(one.slack.messages('general')[0]?.metadata)).toContain('vaultcheck_report');
    expect(words(one.slack.messages('general')[0]?.metadata)).toContain('"id":"run-1"');
  });

  it('has its message edited by a new run', async () => {
    const one = await start();
    await deliver(one, 'd1', channel);
    const [message] = one.slack.messages('general');
    const at = { channel: 'C0GENERAL', ts: message?.ts ?? '' };
    await deliver(one, 'd2', { ...channel, message: at }, { type: 'report', runId: 'run-2' });
    expect(one.slack.messages('general').map(({ text }) => text)).toEqual([expect.stringContaining('✅')]);
  });

  it.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])(
    'gets a new message when the old one cannot be edited: %s',
    async (error) => {
      const one = await start();
      await deliver(one, 'd1', channel);
      one.slack.faults.add({ method: 'chat.update', kind: 'refused', error, times: 1 });
      expect(await deliver(one, 'd1', channel)).toEqual({ outcome: 'delivered' });
      expect(one.slack.log('chat.postMessage')).toHaveLength(2);
    },
  );

  it('that asks to wait is left alone for so long, and holds up no other', async () => {
    const one = await start();
    one.slack.faults.add({ method: 'chat.postMessage', kind: 'ratelimited', retryAfterS: 30, times: 1 });
    expect(await deliver(one, 'd1', channel)).toEqual({
      outcome: 'later',
      afterMs: 30_000,
      reason: 'Slack: ratelimited',
    });
    expect(await deliver(one, 'd2', { ...channel, channel: 'C0ALERTS' })).toEqual({ outcome: 'delivered' });
    expect(await deliver(one, 'd1', channel)).toEqual({ outcome: 'delivered' });
    expect(one.slack.messages('general')).toHaveLength(1);
    expect(one.calls).toContainEqual({ method: 'chat.postMessage', result: 'ratelimited' });
    // What was surely not posted is not looked for.
    expect(one.slack.log('conversations.history')).toEqual([]);
  });

  it.each([
    ['a channel', channel, 'C0GENERAL'],
    ['a person', person, /^D/],
  ])('waits for its turn in %s, by its age, and is sent by nobody before', async (_, to, lane) => {
    const turns: Turn[] = [];
    const ask = async (turn: Turn) => turns.push(turn) && 7000;
    open = await office({ pace: { ...openPace, ask } });
    open.store.reports.set('run-1', failing);
    const sent = await open.notifier.deliver({ deliveryId: 'd1', content: shown, to, createdAt: 12 });
    expect(sent).toMatchObject({ outcome: 'later', afterMs: 7000 });
    expect(turns).toEqual([{ lane: expect.stringMatching(lane), place: 'd1', since: 12 }]);
    expect(open.slack.log('chat.postMessage')).toEqual([]);
  });

  it('lets alerts go first with what nobody asked for', async () => {
    const turns: Turn[] = [];
    const ask = async (turn: Turn) => turns.push(turn) && 0;
    open = await office({ pace: { ...openPace, ask } });
    const lines = ['x'];
    open.store.summaries.set('s1', { summaryId: 's1', integration: 'corp', look: 'poll', at: 0, lines });
    await deliver(open, 'd1', channel, { type: 'summary', summaryId: 's1' });
    expect(turns).toMatchObject([{ lane: 'C0GENERAL', place: 'd1', patient: true }]);
  });

  it('is tried again later when Slack fails, and never by the library', async () => {
    const one = await start();
    one.slack.faults.add({ method: 'chat.postMessage', kind: 'server-error', times: 1 });
    expect(await deliver(one, 'd1', channel)).toEqual({
      outcome: 'later',
      afterMs: 1000,
      reason: 'Slack: http-500',
    });
    expect(one.slack.log('chat.postMessage')).toHaveLength(1);
    expect(await deliver(one, 'd1', channel)).toEqual({ outcome: 'delivered' });
    expect(one.slack.messages('general')).toHaveLength(1);
  });

  it('finds a post whose answer was lost, where the history may be read', async () => {
    const one = await start();
    one.slack.scopes.add('channels:history');
    one.slack.faults.add({ method: 'chat.postMessage', kind: 'lost-answer', times: 1 });
    expect(await deliver(one, 'd1', channel)).toEqual({
      outcome: 'later',
      afterMs: 1000,
      reason: 'Slack: unreachable',
    });
    expect(await deliver(one, 'd1', channel)).toEqual({ outcome: 'delivered' });
    expect(one.slack.messages('general')).toHaveLength(1);
    expect(one.store.delivered.get('d1')).toMatchObject({ ts: one.slack.messages('general')[0]?.ts });
  });

  it('shows a post whose answer was lost twice, once, where the history may not be read', async () => {
    const one = await start();
    one.slack.faults.add({ method: 'chat.postMessage', kind: 'lost-answer', times: 1 });
    await deliver(one, 'd1', channel);
    await deliver(one, 'd1', channel);
    await deliver(one, 'd1', channel);
    expect(one.slack.messages('general')).toHaveLength(2);
  });

  it.each(['channel_not_found', 'not_in_channel', 'is_archived'])(
    'that refuses with %s: the person gets it directly and hears why',
    async (error) => {
      const one = await start();
      one.slack.faults.add({ method: 'chat.postMessage', kind: 'refused', error, times: 1 });
      expect(await deliver(one, 'd1', channel)).toEqual({ outcome: 'delivered' });
      expect(words(one.slack.directMessages('U0BEN'))).toContain(
        `I could not post in <#C0GENERAL> (Slack: ${error})`,
      );
    },
  );

  it('that the bot is not in, and one that is archived, fall back for real', async () => {
    const one = await start();
    await deliver(one, 'd1', { ...channel, channel: 'G0SECURITY' });
    one.slack.archive('general', true);
    await deliver(one, 'd2', channel);
    expect(one.slack.directMessages('U0BEN')).toHaveLength(2);
  });

  it('gets the words alone when the blocks are refused', async () => {
    const one = await start();
    one.slack.faults.add({ method: 'chat.postMessage', kind: 'refused', error: 'invalid_blocks', times: 1 });
    expect(await deliver(one, 'd1', channel)).toEqual({ outcome: 'delivered' });
    expect(one.slack.messages('general')).toMatchObject([
      { text: expect.stringContaining('Next: In Secret Server'), blocks: [] },
    ]);
    expect(one.lines).toContainEqual(expect.objectContaining({ message: 'Slack refused the blocks' }));
  });

  it.each(['invalid_auth', 'account_inactive', 'missing_scope', 'token_revoked'])(
    'is not tried again after %s',
    async (error) => {
      const one = await start();
      one.slack.faults.add({ method: 'chat.postMessage', kind: 'refused', error });
      expect(await deliver(one, 'd1', channel)).toEqual({ outcome: 'never', reason: `Slack: ${error}` });
    },
  );

  it('keeps tokens out of what it says and logs', async () => {
    const one = await start();
    one.slack.faults.add({ method: '*', kind: 'server-error' });
    const told = await deliver(one, 'd1', channel);
    expect(words([told, one.lines])).not.toContain(one.slack.botToken);
    expect(words([told, one.lines])).toContain('http-500');
  });
});
