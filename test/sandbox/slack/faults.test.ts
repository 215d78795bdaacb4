import { LogLevel, SocketModeReceiver } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { type Connected, overHttp, overSocket } from './bolt-app.ts';

let connected: Connected | undefined;
afterEach(async () => {
  await connected?.stop();
  connected = undefined;
});

const start = async (...given: Parameters<typeof overSocket>) => {
  connected = await overSocket(...given);
  return connected;
};

const post = ({ app }: Connected) => app.client.chat.postMessage({ channel: 'alerts', text: 'hello' });

describe('a fault', () => {
  it('429 tells how long to wait, does nothing, and ends after its times', async () => {
    const one = await start();
    one.slack.faults.add({ method: 'chat.postMessage', kind: 'ratelimited', retryAfterS: 7, times: 1 });
    await expect(post(one)).rejects.toMatchObject({ retryAfter: 7 });
    expect(one.slack.messages('alerts')).toEqual([]);
    await post(one);
    expect(one.slack.messages('alerts')).toHaveLength(1);
  });

  it('5xx does nothing', async () => {
    const one = await start();
    one.slack.faults.add({ method: '*', kind: 'server-error', status: 503 });
    await expect(post(one)).rejects.toMatchObject({ statusCode: 503 });
    expect(one.slack.messages('alerts')).toEqual([]);
    one.slack.faults.clear();
    await post(one);
  });

  it('a named refusal meets its method alone, until it is taken away', async () => {
    const one = await start();
    const mend = one.slack.faults.add({ method: 'chat.update', kind: 'refused', error: 'is_archived' });
    const { ts = '' } = await post(one);
    const update = () => one.app.client.chat.update({ channel: 'C0ALERTS', ts, text: 'x' });
    await expect(update()).rejects.toMatchObject({ data: { error: 'is_archived' } });
    mend();
    await update();
  });

  it('a lost answer has done the work: the caller cannot know', async () => {
    const one = await start();
    one.slack.faults.add({ method: 'chat.postMessage', kind: 'lost-answer', times: 1 });
    await expect(post(one)).rejects.toThrow();
    expect(one.slack.messages('alerts').map((message) => message.text)).toEqual(['hello']);
    expect(one.slack.log('chat.postMessage')).toHaveLength(1);
  });

  it('a hanging call does nothing and ends with the caller’s patience', async () => {
    const one = await start();
    one.slack.faults.add({ method: 'chat.postMessage', kind: 'hang' });
    const response = fetch(`${one.slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      body: new URLSearchParams({ token: one.slack.botToken, channel: 'alerts', text: 'x' }),
      signal: AbortSignal.timeout(100),
    });
    await expect(response).rejects.toThrow();
    expect(one.slack.messages('alerts')).toEqual([]);
  });
});

describe('delivery', () => {
  it.each([
    ['Socket Mode', overSocket],
    ['signed HTTP', overHttp],
  ])('comes twice over %s with the same envelope while duplicates are on', async (_name, over) => {
    const texts: string[] = [];
    connected = await over((app) => {
      app.command('/vault', async ({ ack, command }) => {
        texts.push(command.text);
        await ack();
      });
    });
    const { slack } = connected;
    slack.duplicate(true);
    const { envelopeId } = await slack.command('U0ANA', 'general', '/vault check x');
    await slack.waitFor(() => slack.deliveries().length === 2);
    expect(texts).toEqual(['check x', 'check x']);
    expect(new Set(slack.deliveries().map((one) => one.envelopeId))).toEqual(new Set([envelopeId]));
    await slack.redeliver(envelopeId);
    expect(texts).toHaveLength(3);
  });

  it('of an unanswered event is tried again at once, marked as a retry', async () => {
    const { slack } = await start();
    slack.requestUrl(`${slack.url}nobody`);
    expect(await slack.openHome('U0ANA')).toMatchObject({ acked: false, attempt: 0 });
    slack.requestUrl(undefined);
    const [, second] = await slack.waitFor(() =>
      slack.deliveries().length === 2 ? slack.deliveries() : undefined,
    );
    expect(second).toMatchObject({ acked: true, attempt: 1, envelopeId: slack.deliveries()[0]?.envelopeId });
  });

  it('spreads over several sockets in turn', async () => {
    const first = await start((app) => app.command('/vault', async ({ ack }) => ack('one')));
    const { slack } = first;
    const second = new SocketModeReceiver({
      appToken: slack.appToken,
      logLevel: LogLevel.ERROR,
      installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
    }).client;
    second.on('slash_commands', ({ ack }) => ack({ text: 'two' }));
    await second.start();
    for (const _ of [1, 2, 3, 4]) await slack.command('U0ANA', 'general', '/vault');
    await second.disconnect();
    const texts = slack.ephemerals('U0ANA').map((one) => one.text);
    expect(texts.filter((text) => text === 'one')).toHaveLength(2);
    expect(texts.filter((text) => text === 'two')).toHaveLength(2);
  });
});

describe('sockets', () => {
  it.each([
    ['asked to refresh', (one: Connected) => one.slack.sockets.refresh('refresh_requested')],
    ['cut', (one: Connected) => one.slack.sockets.cut()],
  ])('%s: Bolt comes back', async (_name, disturb) => {
    const one = await start((app) => app.command('/vault', async ({ ack }) => ack('here')));
    disturb(one);
    await one.slack.waitFor(() => one.slack.sockets.count() === 0);
    await one.slack.waitFor(() => one.slack.sockets.count() === 1);
    expect(await one.slack.command('U0ANA', 'general', '/vault')).toMatchObject({ acked: true });
  });

  it('are refused while apps.connections.open is', async () => {
    const one = await start((app) => app.command('/vault', async ({ ack }) => ack('here')));
    one.slack.faults.add({ method: 'apps.connections.open', kind: 'ratelimited', retryAfterS: 1, times: 1 });
    one.slack.sockets.cut();
    await one.slack.waitFor(() => one.slack.sockets.count() === 0);
    await one.slack.waitFor(() => one.slack.log('apps.connections.open').length === 2);
    expect(one.slack.log('apps.connections.open').at(-1)).toMatchObject({ status: 429 });
    await one.slack.waitFor(() => one.slack.sockets.count() === 1);
    expect(await one.slack.command('U0ANA', 'general', '/vault')).toMatchObject({ acked: true });
  });
});
