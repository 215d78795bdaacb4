import { createHmac } from 'node:crypto';
import type { Pace } from '../../src/ports/pace.ts';
import type { Person } from '../../src/sandbox/slack/shapes.ts';
import { type SlackWorkspace, slackWorkspace } from '../../src/sandbox/slack/workspace.ts';
import { slackApp } from '../../src/slack/app.ts';
import { slackNotifier } from '../../src/slack/notifier.ts';
import type { AccessLists, SlackAppOptions } from '../../src/slack/options.ts';
import { incidentRoom, openPace } from './incident-room.ts';
import { memory, memoryQueue } from './records.ts';

export type Way = 'socket' | 'http';
export type OfficeOptions = {
  way?: Way;
  access?: Partial<AccessLists>;
  integrations?: SlackAppOptions['integrations'];
  timings?: SlackAppOptions['timings'];
  pace?: Pace;
  examine?: SlackAppOptions['examine'];
  /** Members beside those that every workspace has. */
  people?: readonly Person[];
};

const catalogue = [
  {
    id: 'secret-doublelock',
    section: 'secret',
    title: 'DoubleLock is off',
    why: 'Nothing can give the account access.',
    remedy: 'Remove DoubleLock.',
  },
] as const;

export const corp = { integration: 'corp', secrets: ['scanadmin'], scanEveryMs: 7 * 86_400_000 };
export const lab = { integration: 'lab', secrets: ['labadmin'], scanEveryMs: 86_400_000 };

/** The bot as it is started in production, in a workspace on this machine, over queues and records in memory. */
export async function office({
  way = 'socket',
  access = {},
  integrations = [corp],
  timings = {},
  pace = openPace,
  examine = async () => [],
  people = [],
}: OfficeOptions = {}) {
  const slack = await slackWorkspace({ people });
  const store = memory();
  const queue = memoryQueue();
  const calls: { method: string; result: string }[] = [];
  const lines: { level: string; data: object; message: string }[] = [];
  const died: string[] = [];
  const level = (name: string) => (data: object, message: string) =>
    void lines.push({ level: name, data, message });
  const log = { info: level('info'), warn: level('warn'), error: level('error') };
  const shared = {
    web: { botToken: slack.botToken, apiUrl: slack.apiUrl },
    telemetry: {
      slackCalled: ({ method, result }: { method: string; result: string }) =>
        void calls.push({ method, result }),
      commandAcknowledged: () => undefined,
    },
    clock: Date.now,
    log,
    pace,
  };
  const room = incidentRoom({ ...shared, records: store.records });
  const app = slackApp({
    ...shared,
    reached:
      way === 'socket' ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret, port: 0 },
    access: { check: 'anyone', incidents: [], admin: ['U0ANA'], ...access },
    integrations,
    catalogue,
    producer: queue.producer,
    incidents: room.desk,
    records: store.records,
    ownStatus: async () => ({ findings: [], queue: null, openIncidents: 0, lastEvents: [] }),
    examine,
    onDead: (reason) => void died.push(reason),
    timings: { pingTimeoutMs: 200, ...timings },
  });
  await app.start();
  if (way === 'http') slack.requestUrl(`http://127.0.0.1:${app.port()}/slack/events`);
  const notifier = slackNotifier({ ...shared, records: store.records });
  return {
    ...{ slack, app, notifier, room, store, queue, calls, lines, died },
    stop: async () => {
      await app.stop(1000);
      await slack.close();
    },
  };
}

export type Office = Awaited<ReturnType<typeof office>>;

/** The words of an answer, blocks included. */
export function words(answer: unknown): string {
  return JSON.stringify(answer ?? null);
}

/** The newest answer that only this person sees. */
export function lastSeen(slack: SlackWorkspace, person: string): string {
  return words(slack.ephemerals(person).at(-1));
}

/** A request as Slack signs it. `skewS`: how many seconds ahead of now it is dated. */
export function signedPost(
  { slack, app }: Office,
  body: string,
  { skewS = 0, secret = slack.signingSecret, path = '/slack/events' } = {},
): Promise<Response> {
  const at = Math.floor(Date.now() / 1000) + skewS;
  const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return fetch(`http://127.0.0.1:${app.port()}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': `v0=${signature}`,
    },
    body,
  });
}
