import { SocketModeReceiver } from '@slack/bolt';
import { WebAPIPlatformError } from '@slack/web-api';
import type { SlackAppOptions, Timings } from './options.ts';
import { isRefusal, SlackStartFailure } from './start-failure.ts';
import { boltLogger, type Readiness, type Transport } from './transport.ts';
import { slackDispatcher, webClientOptions } from './web.ts';

type SocketOptions = Pick<SlackAppOptions, 'web' | 'log' | 'onDead'> & { appToken: string; timings: Timings };

const startTimeoutMs = 30_000;

/**
 * Socket Mode: we open the connection, Slack needs no way to us. Readiness is the socket's own state. When it has
 * been away for `deadAfterMs`, or Slack refuses it for good, `onDead` is called, since the library gives up in
 * silence (github.com/slackapi/node-slack-sdk/issues/2656).
 */
export function socketMode(options: SocketOptions): Transport {
  const { appToken, timings, web, log } = options;
  const dispatcher = slackDispatcher(web);
  const receiver = new SocketModeReceiver({
    appToken,
    clientPingTimeout: timings.pingTimeoutMs,
    logger: boltLogger(log),
    installerOptions: { clientOptions: { ...webClientOptions(web), ...untilItIsBack } },
    ...(dispatcher ? { dispatcher } : {}),
  });
  const life = lifeOf(receiver, options);
  return {
    receiver,
    ready: life.ready,
    start: () => within(startTimeoutMs, opened(receiver.client).then(life.started)),
    async stop() {
      life.stopped();
      await receiver.client.disconnect().catch(() => undefined);
      await dispatcher?.close().catch(() => undefined);
    },
  };
}

/** Only the opening of the socket is tried again by the library, for as long as it takes. */
const untilItIsBack = {
  rejectRateLimitedCalls: false,
  retryConfig: { forever: true, minTimeout: 500, maxTimeout: 30_000, factor: 1.5, randomize: true },
};

/** Follows the socket's states, and watches over how long it is away. */
function lifeOf({ client }: SocketModeReceiver, { timings, log, onDead }: SocketOptions) {
  const at: { state: Readiness; begun: boolean; timer?: NodeJS.Timeout } = {
    state: 'starting',
    begun: false,
  };

  function dead(reason: string): void {
    if (at.state === 'stopped') return;
    clearTimeout(at.timer);
    at.state = 'stopped';
    log.error({ reason }, 'The connection to Slack cannot be got back');
    onDead(reason);
  }

  function away(): void {
    if (at.state === 'stopped' || at.state === 'away' || !at.begun) return;
    at.state = 'away';
    log.warn({}, 'The connection to Slack is away');
    at.timer = setTimeout(() => dead(`away for ${timings.deadAfterMs} ms`), timings.deadAfterMs);
    at.timer.unref();
  }

  client.on('connected', () => {
    clearTimeout(at.timer);
    if (at.state !== 'stopped') at.state = 'ready';
  });
  for (const event of ['close', 'reconnecting', 'disconnected']) client.on(event, away);
  guardReconnects(client, () => at.begun, dead);
  return {
    ready: () => at.state,
    started: () => {
      at.begun = true;
    },
    stopped: () => {
      clearTimeout(at.timer);
      at.state = 'stopped';
    },
  };
}

/** The library calls `start` again on its own and drops what that rejects with, which would end the process unheard. */
function guardReconnects(
  client: SocketModeReceiver['client'],
  begun: () => boolean,
  dead: (reason: string) => void,
): void {
  const start = client.start.bind(client);
  client.start = async () => {
    try {
      return await start();
    } catch (error) {
      if (!begun()) throw error;
      dead(error instanceof Error ? error.name : 'refused');
      return { ok: false };
    }
  };
}

/** The first connection. The library's error is dropped: it holds the request. */
async function opened(client: SocketModeReceiver['client']): Promise<void> {
  try {
    await client.start();
  } catch (error) {
    const code = error instanceof WebAPIPlatformError ? error.data.error : 'no socket';
    throw new SlackStartFailure('SLACK_APP_TOKEN', code, isRefusal(code));
  }
}

async function within(timeoutMs: number, started: Promise<void>): Promise<void> {
  const timer: { id?: NodeJS.Timeout } = {};
  const late = new Promise<never>((_, reject) => {
    const failure = new SlackStartFailure('SLACK_APP_TOKEN', `no socket within ${timeoutMs / 1000} s`, false);
    timer.id = setTimeout(() => reject(failure), timeoutMs);
  });
  await Promise.race([started, late]).finally(() => clearTimeout(timer.id));
}
