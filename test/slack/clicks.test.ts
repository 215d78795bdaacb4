import { afterEach, describe, expect, it } from 'vitest';
import type { SlackWorkspace } from '../../src/sandbox/slack/workspace.ts';
import { asValue } from '../../src/slack/ids.ts';
import { failing, report, reported } from './fixtures.ts';
import { lastSeen, type Office, type OfficeOptions, office, signedPost, type Way, words } from './office.ts';
import { problemsOf } from './validate.ts';

let open: Office | undefined;
afterEach(async () => {
  await open?.stop();
  open = undefined;
});

async function start(options?: OfficeOptions): Promise<Office> {
  open = await office(options);
  open.store.reports.set('run-1', failing);
  return open;
}

type Message = ReturnType<SlackWorkspace['messages']>[number];

/** A report that stands in #general. */
async function inChannel({ notifier, slack }: Office): Promise<Message> {
  const to = { workspace: 'T0VAULT', person: 'U0BEN', channel: 'C0GENERAL', audience: 'channel' } as const;
  const content = { type: 'report', runId: 'run-1' } as const;
  await notifier.deliver({
    deliveryId: 'd1',
    content,
    to: { ...to, reply: null, message: null },
    createdAt: Date.now(),
  });
  return first(slack.messages('general'));
}

/** A report that only Ben sees. */
async function forBen({ notifier, slack, queue }: Office): Promise<Message> {
  await slack.command('U0BEN', 'general', '/vault check scanadmin');
  const to = queue.jobs('verify')[0]?.to;
  if (!to) throw new Error('no job');
  await notifier.deliver({
    deliveryId: 'd2',
    content: { type: 'report', runId: 'run-1' },
    to,
    createdAt: Date.now(),
  });
  return first(slack.ephemerals('U0BEN').slice(-1));
}

function first<T>(all: readonly T[]): T {
  const [one] = all;
  if (one === undefined) throw new Error('nothing there');
  return one;
}

/** A message with a button of our choice. */
async function withButton({ slack }: Office, actionId: string, value?: string): Promise<Message> {
  await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      channel: 'C0GENERAL',
      text: 'old',
      blocks: [
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: actionId,
              text: { type: 'plain_text', text: 'Old' },
              ...(value === undefined ? {} : { value }),
            },
          ],
        },
      ],
    }),
  });
  return first(slack.messages('general').slice(-1));
}

describe.each<Way>(['socket', 'http'])('buttons of a report over %s', (way) => {
  it('Run again edits the message of a channel in place', async () => {
    const one = await start({ way });
    const message = await inChannel(one);
    await one.slack.click('U0BEN', message, 'report.rerun');
    expect(one.queue.jobs('verify')).toMatchObject([
      {
        integration: 'corp',
        secret: 'scanadmin',
        to: { audience: 'channel', channel: 'C0GENERAL', message: { channel: 'C0GENERAL', ts: message.ts } },
      },
    ]);
    await one.slack.waitFor(() => lastSeen(one.slack, 'U0BEN').includes('again'));
    const { to, runId } = first(one.queue.jobs('verify'));
    one.store.reports.set(runId, report({ runId }));
    await one.notifier.deliver({
      deliveryId: 'd9',
      content: { type: 'report', runId },
      to,
      createdAt: Date.now(),
    });
    expect(one.slack.messages('general')).toHaveLength(1);
    expect(message.text).toContain('✅');
  });

  it('Details opens at once, and then shows every check', async () => {
    const one = await start({ way });
    const message = await inChannel(one);
    await one.slack.click('U0BEN', message, 'report.details');
    await one.slack.waitFor(() =>
      words(one.slack.views('U0BEN').at(-1)?.content).includes('Heartbeat is disabled.'),
    );
    const [view] = one.slack.views('U0BEN');
    expect(problemsOf(view?.content)).toEqual([]);
    expect(one.slack.log('views.open')).toMatchObject([{ ok: true }]);
    expect(words(one.slack.log('views.open')[0]?.args)).toContain('Loading');
  });
});

describe('buttons of a report', () => {
  it('Run again on what only one person sees brings a new report to them', async () => {
    const one = await start();
    const message = await forBen(one);
    await one.slack.click('U0BEN', message, 'report.rerun');
    expect(one.queue.jobs('verify')[1]).toMatchObject({ to: { audience: 'person', message: null } });
    await one.slack.waitFor(() => lastSeen(one.slack, 'U0BEN').includes('Checking scanadmin · corp again'));
  });

  it('Run again never makes a private report public, whatever Slack sends along', async () => {
    const one = await start({ way: 'http' });
    const payload = {
      type: 'block_actions',
      user: { id: 'U0BEN', team_id: 'T0VAULT' },
      team: { id: 'T0VAULT' },
      channel: { id: 'C0GENERAL' },
      container: { type: 'message', is_ephemeral: true },
      message: { ts: '1.2' },
      trigger_id: 't1',
      actions: [{ type: 'button', action_id: 'report.rerun', value: asValue({ run: 'run-1' }) }],
    };
    const response = await signedPost(one, new URLSearchParams({ payload: words(payload) }).toString());
    expect(response.status).toBe(200);
    expect(one.queue.jobs('verify')).toMatchObject([{ to: { audience: 'person', message: null } }]);
  });

  it('say when the report cannot be read', async () => {
    const one = await start();
    const message = await inChannel(one);
    one.store.records.reports.load = async () => {
      throw new Error('away');
    };
    await one.slack.click('U0BEN', message, 'report.rerun');
    await one.slack.waitFor(() => lastSeen(one.slack, 'U0BEN').includes('cannot be read at the moment'));
    await one.slack.click('U0BEN', message, 'report.details');
    await one.slack.waitFor(() => words(one.slack.views('U0BEN')).includes('cannot be read at the moment'));
    expect(one.queue.jobs('verify')).toEqual([]);
  });

  it('say when Slack does not open the details', async () => {
    const one = await start();
    one.slack.faults.add({ method: 'views.open', kind: 'refused', error: 'expired_trigger_id', times: 1 });
    await one.slack.click('U0BEN', await inChannel(one), 'report.details');
    await one.slack.waitFor(() => lastSeen(one.slack, 'U0BEN').includes('expired_trigger_id'));
  });

  it('Audit trail reads the trail of the secret', async () => {
    const one = await start();
    await one.slack.click('U0BEN', await inChannel(one), 'report.audit');
    expect(one.queue.jobs('audit')).toMatchObject([{ subject: { kind: 'secret', name: 'scanadmin' } }]);
  });

  it('Share posts the stored report in the channel, once however often it is clicked', async () => {
    const one = await start();
    const message = await forBen(one);
    await one.slack.click('U0BEN', message, 'report.share');
    await one.slack.click('U0BEN', message, 'report.share');
    const shared = one.queue.jobs('deliver').filter(({ content }) => content.type === 'report');
    expect(shared).toMatchObject([
      { content: { runId: 'run-1' }, to: { audience: 'channel', channel: 'C0GENERAL' } },
    ]);
    const { kind: _, version: __, ...delivery } = first(shared);
    await one.notifier.deliver(delivery);
    expect(one.slack.messages('general')).toHaveLength(1);
    await one.slack.click('U0BEN', message, 'report.share');
    await one.slack.waitFor(() => lastSeen(one.slack, 'U0BEN').includes('already by <@U0BEN>, <!date^'));
    expect(one.slack.messages('general')).toHaveLength(1);
  });

  it('Share says so when everybody sees the report already, and when nobody else would', async () => {
    const one = await start();
    await one.slack.click('U0BEN', await inChannel(one), 'report.share');
    await one.slack.waitFor(() => lastSeen(one.slack, 'U0BEN').includes('Everybody in this channel sees'));
    expect(one.queue.jobs('deliver')).toEqual([]);
  });

  it('Share says why a report that could not be posted in the channel is not there', async () => {
    const one = await start();
    const message = await forBen(one);
    one.store.delivered.set('share-run-1-C0GENERAL', { channel: 'D0BEN', ts: '1.0' });
    await one.slack.click('U0BEN', message, 'report.share');
    await one.slack.waitFor(() =>
      lastSeen(one.slack, 'U0BEN').includes('Invite me here, then run /vault check scanadmin in corp public'),
    );
  });

  it('Details turns pages', async () => {
    const one = await start();
    const evidence = Array.from({ length: 6 }, () => ({
      source: 'qualys' as const,
      fact: 'x'.repeat(230),
      at: failing.finishedAt,
    }));
    const checks = Array.from({ length: 38 }, (_, at) => reported(`check-${at}`, 'reach', { evidence }));
    one.store.reports.set('run-1', report({ checks }));
    await one.slack.click('U0BEN', await inChannel(one), 'report.details');
    const shown = () => words(one.slack.views('U0BEN').at(-1)?.content);
    await one.slack.waitFor(() => shown().includes('page 1 of'));
    await one.slack.click('U0BEN', first(one.slack.views('U0BEN')), 'report.page.1');
    await one.slack.waitFor(() => shown().includes('page 2 of'));
    expect(one.slack.views('U0BEN')).toHaveLength(1);
  });

  it('say in the modal when the report is gone', async () => {
    const one = await start();
    const message = await inChannel(one);
    one.store.reports.clear();
    await one.slack.click('U0BEN', message, 'report.details');
    await one.slack.waitFor(() =>
      words(one.slack.views('U0BEN').at(-1)?.content).includes('not kept any more'),
    );
    await one.slack.click('U0BEN', message, 'report.rerun');
    await one.slack.waitFor(() => lastSeen(one.slack, 'U0BEN').includes('not kept any more'));
    expect(one.queue.jobs('verify')).toEqual([]);
  });

  it.each(['report.rerun', 'report.details', 'report.audit', 'report.share'])(
    '%s is refused to a guest, in words for them alone',
    async (actionId) => {
      const one = await start();
      await one.slack.click('U0GIL', await inChannel(one), actionId);
      await one.slack.waitFor(() => lastSeen(one.slack, 'U0GIL').includes('Guests may not'));
      expect(one.slack.views('U0GIL')).toEqual([]);
      expect([...one.queue.jobs('verify'), ...one.queue.jobs('audit'), ...one.queue.jobs('deliver')]).toEqual(
        [],
      );
      expect(one.slack.messages('general')).toHaveLength(1);
    },
  );

  it.each(['report.rerun', 'report.audit', 'report.share'])(
    '%s says when the queue is away',
    async (actionId) => {
      const one = await start();
      const message = await (actionId === 'report.share' ? forBen : inChannel)(one);
      one.queue.away(true);
      await one.slack.click('U0BEN', message, actionId);
      await one.slack.waitFor(() => lastSeen(one.slack, 'U0BEN').includes('nothing was started'));
    },
  );

  it.each([
    ['report.rerun', 'legacy'],
    ['report.rerun', '{"v":2,"run":"run-1"}'],
    ['report.rerun', undefined],
    ['report.details', '{"run":"run-1"}'],
    ['report.share', '[]'],
    ['command.run.0', asValue({ words: '' })],
    ['incident.ack.v0', '{"v":1}'],
  ])('%s with the value %j is answered as an old one', async (actionId, value) => {
    const one = await start();
    await one.slack.click('U0BEN', await withButton(one, actionId, value), actionId);
    await one.slack.waitFor(() => lastSeen(one.slack, 'U0BEN').includes('another version of Vaultcheck'));
    expect(one.slack.notices('U0BEN')).toEqual([]);
  });

  it('a suggestion runs as if it had been typed', async () => {
    const one = await start();
    await one.slack.command('U0BEN', 'general', '/vault chekc scanadmin');
    await one.slack.click('U0BEN', first(one.slack.ephemerals('U0BEN')), 'command.run.0');
    expect(one.queue.jobs('verify')).toMatchObject([{ secret: 'scanadmin' }]);
    await one.slack.waitFor(() => lastSeen(one.slack, 'U0BEN').includes('Checking scanadmin · corp…'));
  });

  it('a click that is delivered twice acts once', async () => {
    const one = await start();
    const message = await inChannel(one);
    one.slack.duplicate(true);
    await one.slack.click('U0BEN', message, 'report.rerun');
    await one.slack.waitFor(() => one.slack.deliveries().length === 2);
    await one.slack.click('U0BEN', message, 'report.details');
    await one.slack.waitFor(() => words(one.slack.views('U0BEN')).includes('Heartbeat is disabled.'));
    expect(one.queue.jobs('verify')).toHaveLength(1);
    expect(one.slack.log('views.open')).toHaveLength(1);
  });
});
