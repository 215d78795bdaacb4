import type { App } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { actions, button, type Connected, overSocket, section } from './bolt-app.ts';

let connected: Connected | undefined;
afterEach(async () => {
  await connected?.stop();
  connected = undefined;
});

const start = async (...given: Parameters<typeof overSocket>) => {
  connected = await overSocket(...given);
  return connected;
};

const card = (app: App, text = 'card') =>
  app.client.chat.postMessage({
    channel: 'alerts',
    text,
    blocks: [section(text), actions(button('incident.acknowledge', 'Acknowledge', '{"v":1}'))],
  });

const plain = (text: string) => ({ type: 'plain_text' as const, text });

const form = (...blocks: object[]) => ({
  type: 'modal' as const,
  callback_id: 'incident.resolve',
  private_metadata: 'incident-1',
  title: plain('Resolve'),
  submit: plain('Resolve'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'note',
      label: plain('Note'),
      element: { type: 'plain_text_input' as const, action_id: 'value' },
    },
    ...blocks,
  ] as never[],
});

describe('a button', () => {
  it('on a channel message hands over the message, and the app edits it for everybody', async () => {
    const { slack, app } = await start((bolt) => {
      bolt.action('incident.acknowledge', async ({ ack, body, client }) => {
        await ack();
        const { channel, message } = body as unknown as { channel: { id: string }; message: { ts: string } };
        await client.chat.update({
          channel: channel.id,
          ts: message.ts,
          text: 'taken',
          blocks: [section('taken')],
        });
      });
    });
    await card(app);
    const [message] = slack.messages('alerts');
    if (!message) throw new Error('no card');
    const { payload } = await slack.click('U0BEN', message, 'incident.acknowledge');
    expect(payload).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0BEN', team_id: 'T0VAULT' },
      container: { type: 'message', message_ts: message.ts, is_ephemeral: false },
      actions: [{ action_id: 'incident.acknowledge', value: '{"v":1}', type: 'button' }],
    });
    await slack.waitFor(() => message.text === 'taken');
    expect(message.blocks).toEqual([expect.objectContaining(section('taken'))]);
  });

  it('on an ephemeral message hands over no message; the answer replaces it and stays private', async () => {
    const { slack } = await start((bolt) => {
      bolt.command('/vault', async ({ ack }) =>
        ack({ text: 'report', blocks: [actions(button('report.rerun', 'Run again'))] }),
      );
      bolt.action('report.rerun', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'newer', replace_original: true, response_type: 'in_channel' });
      });
    });
    await slack.command('U0ANA', 'general', '/vault');
    const [message] = slack.ephemerals('U0ANA');
    if (!message) throw new Error('no report');
    const { payload } = await slack.click('U0ANA', message, 'report.rerun');
    expect(payload.message).toBeUndefined();
    await slack.waitFor(() => message.text === 'newer');
    expect(slack.ephemerals('U0ANA')).toEqual([message]);
    expect(slack.messages('general')).toEqual([]);
  });

  it('answers can delete the message acted on', async () => {
    const { slack, app } = await start((bolt) => {
      bolt.action('incident.acknowledge', async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    await card(app);
    const [message] = slack.messages('alerts');
    if (!message) throw new Error('no card');
    await slack.click('U0ANA', message, 'incident.acknowledge');
    await slack.waitFor(() => slack.messages('alerts').length === 0);
  });

  it('that is not there is an error that names those that are', async () => {
    const { slack, app } = await start();
    await card(app);
    const [message] = slack.messages('alerts');
    if (!message) throw new Error('no card');
    await expect(slack.click('U0ANA', message, 'incident.resolve')).rejects.toThrow('incident.acknowledge');
  });

  it('of an app that does not answer leaves a note', async () => {
    const { slack, app } = await start(undefined, { ackTimeoutMs: 100 });
    await card(app);
    const [message] = slack.messages('alerts');
    if (!message) throw new Error('no card');
    await slack.click('U0ANA', message, 'incident.acknowledge');
    expect(slack.notices('U0ANA')[0]?.text).toContain('operation_timeout');
  });
});

it('hands over the chosen option of an overflow menu', async () => {
  const { slack, app } = await start((bolt) => bolt.action('incident.more', async ({ ack }) => ack()));
  const option = (text: string, value: string) => ({ text: plain(text), value });
  await app.client.chat.postMessage({
    channel: 'alerts',
    text: 'card',
    blocks: [
      {
        type: 'actions',
        elements: [
          {
            type: 'overflow',
            action_id: 'incident.more',
            options: [option('Snooze', 'a'), option('Audit', 'b')],
          },
        ],
      },
    ],
  });
  const [message] = slack.messages('alerts');
  if (!message) throw new Error('no card');
  const { payload } = await slack.choose('U0ANA', message, 'incident.more', 'b');
  expect(payload.actions).toEqual([expect.objectContaining({ selected_option: option('Audit', 'b') })]);
  await expect(slack.choose('U0ANA', message, 'incident.more', 'c')).rejects.toThrow('no option c');
});

it('runs a message shortcut with the message', async () => {
  const { slack, app } = await start((bolt) => bolt.shortcut('check', async ({ ack }) => ack()));
  await card(app);
  const delivery = await slack.shortcut('U0ANA', slack.messages('alerts')[0], 'check');
  expect(delivery).toMatchObject({
    acked: true,
    payload: { type: 'message_action', message: { text: 'card' } },
  });
});

describe('a modal', () => {
  type Reply = object | undefined;
  const opened = async (reply: () => Reply, view: object = form()) => {
    const { slack } = await start((bolt) => {
      bolt.command('/vault', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: view as never });
      });
      bolt.view('incident.resolve', async ({ ack }) => {
        const answer = reply();
        await (answer ? ack(answer as never) : ack());
      });
    });
    await slack.command('U0ANA', 'general', '/vault');
    const [open] = await slack.waitFor(() =>
      slack.views('U0ANA').length > 0 ? slack.views('U0ANA') : undefined,
    );
    if (!open) throw new Error('no modal');
    return { slack, view: open };
  };

  it('hands over what was entered, with its metadata, and closes', async () => {
    const { slack, view } = await opened(() => undefined);
    const { delivery, errors } = await slack.submit('U0ANA', view, { note: 'done' });
    expect(errors).toEqual({});
    expect(delivery?.payload.view).toMatchObject({
      callback_id: 'incident.resolve',
      private_metadata: 'incident-1',
      state: { values: { note: { value: { type: 'plain_text_input', value: 'done' } } } },
    });
    expect(slack.views('U0ANA')).toEqual([]);
  });

  it('asks for what is missing before the app hears of it', async () => {
    const { slack, view } = await opened(() => undefined);
    const before = slack.deliveries().length;
    const { errors } = await slack.submit('U0ANA', view, {});
    expect(errors).toEqual({ note: 'Please complete this required field.' });
    expect(slack.deliveries()).toHaveLength(before);
  });

  it.each([
    [
      'errors keep it open',
      { response_action: 'errors', errors: { note: 'too short' } },
      ['Resolve'],
      { note: 'too short' },
    ],
    [
      'update changes it',
      { response_action: 'update', view: { ...form(), title: plain('Again') } },
      ['Again'],
      {},
    ],
    [
      'push puts one on top',
      { response_action: 'push', view: { ...form(), title: plain('Sure?') } },
      ['Resolve', 'Sure?'],
      {},
    ],
    ['clear closes all', { response_action: 'clear' }, [], {}],
  ])('%s', async (_name, reply, titles, errors) => {
    const { slack, view } = await opened(() => reply);
    expect((await slack.submit('U0ANA', view, { note: 'x' })).errors).toEqual(errors);
    expect(slack.views('U0ANA').map((one) => (one.content.title as { text: string }).text)).toEqual(titles);
  });

  it('refuses an update with an old hash', async () => {
    const { view } = await opened(() => undefined);
    const update = (hash: string) =>
      connected?.app.client.views.update({ view_id: view.id, hash, view: form() });
    const first = view.hash;
    await update(first);
    await expect(update(first)).rejects.toMatchObject({ data: { error: 'hash_conflict' } });
  });

  it('offers what the app suggests while the person types, and hands over the one picked', async () => {
    const select = {
      type: 'input',
      block_id: 'secret',
      label: plain('Secret'),
      element: { type: 'external_select', action_id: 'secret.name', min_query_length: 0 },
    };
    const { slack, view } = await opened(() => undefined, form(select));
    connected?.app.options('secret.name', async ({ ack, payload }) => {
      await ack({ options: [{ text: plain(`${payload.value}admin`), value: '42' }] });
    });
    const option = { text: plain('scanadmin'), value: '42' };
    expect(await slack.suggest('U0ANA', view, 'secret.name', 'scan')).toEqual([option]);
    const { delivery } = await slack.submit('U0ANA', view, { note: 'x', secret: '42' });
    expect(delivery?.payload.view).toMatchObject({
      state: { values: { secret: { 'secret.name': { selected_option: option } } } },
    });
  });
});

describe('a trigger', () => {
  it.each([
    ['within three seconds opens', 2900, ['ok']],
    ['after three seconds is expired_trigger_id', 3100, ['expired_trigger_id']],
    ['twice is exchanged_trigger_id', 0, ['ok', 'exchanged_trigger_id']],
  ])('%s', async (_name, laterMs, outcomes) => {
    let now = Date.parse('2026-11-24T02:00:00Z');
    const { slack, app } = await start((bolt) => bolt.command('/vault', async ({ ack }) => ack()), {
      clock: () => now,
    });
    const { payload } = await slack.command('U0ANA', 'general', '/vault');
    now += laterMs;
    for (const outcome of outcomes) {
      const opening = app.client.views.open({ trigger_id: String(payload.trigger_id), view: form() }).then(
        () => 'ok',
        (error: { data: { error: string } }) => error.data.error,
      );
      expect(await opening).toBe(outcome);
    }
  });
});
