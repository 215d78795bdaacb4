import { afterEach, describe, expect, it } from 'vitest';
import { type Connected, overHttp, overSocket, section } from './bolt-app.ts';

let connected: Connected | undefined;
afterEach(async () => {
  await connected?.stop();
  connected = undefined;
});

const start = async (...given: Parameters<typeof overSocket>) => {
  connected = await overSocket(...given);
  return connected.slack;
};

describe.each([
  ['Socket Mode', overSocket],
  ['signed HTTP', overHttp],
])('a slash command over %s', (_name, over) => {
  it('reaches Bolt with who, where and what, and shows the acknowledgement to the person alone', async () => {
    const seen: Record<string, unknown>[] = [];
    connected = await over((app) => {
      app.command('/vault', async ({ ack, command }) => {
        seen.push({ ...command });
        await ack({ text: 'Checking…' });
      });
    });
    const { slack } = connected;
    const delivery = await slack.command('U0ANA', 'general', '/vault check scanadmin');
    expect(delivery).toMatchObject({ acked: true, kind: 'slash_commands' });
    expect(seen).toEqual([
      expect.objectContaining({
        command: '/vault',
        text: 'check scanadmin',
        user_id: 'U0ANA',
        channel_id: 'C0GENERAL',
        channel_name: 'general',
        is_enterprise_install: 'false',
      }),
    ]);
    expect(slack.ephemerals('U0ANA', 'general').map((one) => one.text)).toEqual(['Checking…']);
    expect(slack.ephemerals('U0BEN')).toEqual([]);
    expect(slack.messages('general')).toEqual([]);
  });

  it('may answer in the channel', async () => {
    connected = await over((app) => {
      app.command('/vault', async ({ ack }) => ack({ text: 'for all', response_type: 'in_channel' }));
    });
    await connected.slack.command('U0ANA', 'general', '/vault');
    expect(connected.slack.messages('general').map((one) => one.text)).toEqual(['for all']);
  });

  it('tells the person operation_timeout when nobody acknowledges in time', async () => {
    connected = await over(
      (app) => {
        app.command('/vault', async () => undefined);
      },
      { ackTimeoutMs: 150 },
    );
    const delivery = await connected.slack.command('U0ANA', 'general', '/vault');
    expect(delivery).toMatchObject({ acked: false, failure: 'operation_timeout' });
    expect(connected.slack.notices('U0ANA').map((one) => one.text)).toEqual([
      '/vault failed with the error "operation_timeout"',
    ]);
  });

  it('shows the home tab that the app publishes', async () => {
    connected = await over((app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({
          user_id: event.user,
          view: { type: 'home', blocks: [section('Hello')] },
        });
      });
    });
    const { slack } = connected;
    expect(await slack.openHome('U0ANA')).toMatchObject({ acked: true });
    const home = await slack.waitFor(() => slack.home('U0ANA'));
    expect(home.content).toMatchObject({ type: 'home', blocks: [section('Hello')] });
    expect(slack.home('U0BEN')).toBeUndefined();
  });
});

describe('a slash command', () => {
  it('says dispatch_failed while no app is connected', async () => {
    const slack = await start();
    slack.sockets.cut();
    await slack.waitFor(() => slack.sockets.count() === 0);
    expect(await slack.command('U0ANA', 'general', '/vault')).toMatchObject({ failure: 'dispatch_failed' });
    expect(slack.notices('U0ANA')[0]?.text).toContain('dispatch_failed');
  });

  it('is unknown where the manifest does not declare it', async () => {
    const slack = await start(undefined, { commands: [{ command: '/vault', description: 'Checks' }] });
    await expect(slack.command('U0ANA', 'general', '/volt')).rejects.toThrow('unknown_command');
    expect(slack.notices('U0ANA')[0]?.text).toContain('/volt is not a valid command');
    expect(slack.deliveries()).toEqual([]);
  });

  it.each([
    [true, 'ask <@U0BEN|ben> in <#C0ALERTS|alerts>'],
    [false, 'ask @ben in #alerts'],
  ])('with should_escape %s hands over %s', async (shouldEscape, text) => {
    const command = { command: '/vault', description: 'Checks', shouldEscape };
    const slack = await start((app) => app.command('/vault', async ({ ack }) => ack()), {
      commands: [command],
    });
    const delivery = await slack.command('U0ANA', 'general', '/vault ask @ben in #alerts');
    expect(delivery.payload.text).toBe(text);
  });

  it.each([
    ['security', 'privategroup'],
    ['D0ANA', 'directmessage'],
    ['alerts', 'alerts'],
  ])('from %s names the channel %s', async (where, name) => {
    const slack = await start((app) => app.command('/vault', async ({ ack }) => ack()));
    slack.directMessages('U0ANA');
    const delivery = await slack.command('U0ANA', where, '/vault');
    expect(delivery.payload.channel_name).toBe(name);
  });
});

describe('the response URL of a slash command', () => {
  it('takes five messages and refuses the sixth', async () => {
    const slack = await start((app) => {
      app.command('/vault', async ({ ack, respond }) => {
        await ack();
        for (const count of [1, 2, 3, 4, 5, 6]) await respond(`answer ${count}`);
      });
    });
    await slack.command('U0ANA', 'general', '/vault');
    await slack.waitFor(() => slack.log('response_url').length === 6);
    expect(slack.log('response_url').map((call) => call.status)).toEqual([200, 200, 200, 200, 200, 404]);
    expect(slack.log('response_url').at(-1)).toMatchObject({ error: 'used_url' });
    expect(slack.ephemerals('U0ANA', 'general')).toHaveLength(5);
  });

  it.each([
    [29, 200, undefined],
    [31, 404, 'expired_url'],
  ])('after %i minutes answers %i', async (minutes, status, error) => {
    let now = Date.parse('2026-11-24T02:00:00Z');
    const slack = await start((app) => app.command('/vault', async ({ ack }) => ack()), { clock: () => now });
    const { payload } = await slack.command('U0ANA', 'general', '/vault');
    now += minutes * 60_000;
    const response = await fetch(String(payload.response_url), {
      method: 'POST',
      body: JSON.stringify({ text: 'late' }),
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual(error ? { ok: false, error } : { ok: true });
  });

  it('does not replace what it said before: a second message appears', async () => {
    const slack = await start((app) => {
      app.command('/vault', async ({ ack, respond }) => {
        await ack('first');
        await respond({ text: 'second', replace_original: true });
      });
    });
    await slack.command('U0ANA', 'general', '/vault');
    await slack.waitFor(() => slack.ephemerals('U0ANA').length === 2);
    expect(slack.ephemerals('U0ANA').map((one) => one.text)).toEqual(['first', 'second']);
  });

  it('can speak in the channel, and chat.update may not touch that message', async () => {
    connected = await overSocket((bolt) => {
      bolt.command('/vault', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'public', response_type: 'in_channel' });
      });
    });
    const { slack, app } = connected;
    await slack.command('U0ANA', 'general', '/vault');
    const message = await slack.waitFor(() => slack.messages('general')[0]);
    await expect(
      app.client.chat.update({ channel: 'C0GENERAL', ts: message.ts, text: 'edited' }),
    ).rejects.toMatchObject({ data: { error: 'cant_update_message' } });
  });
});
