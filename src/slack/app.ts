import { App } from '@slack/bolt';
import { z } from 'zod';
import { slackAccess } from './access.ts';
import type { Desk } from './desk.ts';
import { signedHttp } from './http.ts';
import { knownNames } from './known.ts';
import { type InFlight, listen } from './listeners.ts';
import { defaultTimings, type SlackAppOptions, type Timings } from './options.ts';
import { socketMode } from './socket.ts';
import { isRefusal, SlackStartFailure } from './start-failure.ts';
import { boltLogger, type Readiness, type Transport } from './transport.ts';
import { type SlackWeb, slackWeb, webClientOptions } from './web.ts';

export type SlackApp = {
  /** Resolves when requests reach us. Rejects, with what to do, when Slack refuses a token or cannot be reached. */
  start(): Promise<void>;
  /** Takes no more requests, then waits for those that are being answered, at most `deadlineMs`. */
  stop(deadlineMs: number): Promise<void>;
  ready(): Readiness;
  /** Where signed requests are taken; 0 in Socket Mode and before the start. */
  port(): number;
};

const Self = z.looseObject({ team_id: z.string() });

/** The bot: slash command, buttons, shortcut and modals, over Socket Mode or signed HTTP. */
export function slackApp(options: SlackAppOptions): SlackApp {
  const { clock, log } = options;
  const timings: Timings = { ...defaultTimings, ...options.timings };
  const web = slackWeb(options.web, { telemetry: options.telemetry, log, now: clock });
  const transport = transportOf(options, timings);
  const home = { team: '' };
  const inFlight = counted();
  const bolt = boltApp(options, transport);
  listen(bolt, deskOf(options, { web, timings, home: () => home.team }), inFlight);
  return {
    ready: transport.ready,
    port: () => ('port' in transport ? transport.port() : 0),
    async start() {
      home.team = await ownTeam(web);
      await bolt.init();
      await transport.start();
      log.info({}, 'Slack is connected');
    },
    async stop(deadlineMs) {
      await Promise.race([transport.stop(), waited(deadlineMs)]);
      await settled(inFlight, deadlineMs);
    },
  };
}

/** `deferInitialization`: a refused token rejects at the start instead of ending the process later. */
function boltApp({ web, log }: SlackAppOptions, { receiver }: Transport): App {
  const app = new App({
    receiver,
    token: web.botToken,
    deferInitialization: true,
    convoStore: false,
    logger: boltLogger(log),
    clientOptions: webClientOptions(web),
  });
  app.error(async (failure) => log.error({ error: failure.name }, 'A request from Slack could not be read'));
  return app;
}

function transportOf(options: SlackAppOptions, timings: Timings): Transport | ReturnType<typeof signedHttp> {
  const { reached, web, log, clock, onDead } = options;
  if ('appToken' in reached) return socketMode({ appToken: reached.appToken, timings, web, log, onDead });
  return signedHttp({ ...reached, log, clock });
}

function deskOf(
  options: SlackAppOptions,
  { web, timings, home }: { web: SlackWeb; timings: Timings; home: () => string },
): Desk {
  const { integrations, catalogue, ownStatus, examine, producer, incidents, records, telemetry, clock, log } =
    options;
  const lists = options.access;
  const access = slackAccess({ lists, web, home, now: clock, timeoutMs: timings.accessTimeoutMs });
  const known = knownNames(options);
  const slash = { name: '/vault' };
  return {
    integrations,
    catalogue,
    ownStatus,
    examine,
    producer,
    incidents,
    records,
    telemetry,
    clock,
    log,
    web,
    timings,
    access,
    known,
    slash,
  };
}

async function ownTeam(web: SlackWeb): Promise<string> {
  const self = await web.call('auth.test', {}, Self);
  if (self.ok) return self.data.team_id;
  const { code } = self.fault;
  throw new SlackStartFailure('SLACK_BOT_TOKEN', code, isRefusal(code));
}

function counted(): InFlight {
  let running = 0;
  return {
    count: () => running,
    async run(work) {
      running += 1;
      await work().finally(() => {
        running -= 1;
      });
    },
  };
}

async function settled(inFlight: InFlight, deadlineMs: number): Promise<void> {
  const pollMs = 20;
  for (let passedMs = 0; inFlight.count() > 0 && passedMs < deadlineMs; passedMs += pollMs)
    await waited(pollMs);
}

function waited(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
