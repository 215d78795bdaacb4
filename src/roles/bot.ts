import { act } from '../app/incidents/act.ts';
import type { ServiceConfig } from '../config/load.ts';
import { ConfigError } from '../config/problems.ts';
import type { Readiness } from '../ops/server.ts';
import { slackApp } from '../slack/app.ts';
import type { Reached } from '../slack/options.ts';
import { SlackStartFailure } from '../slack/start-failure.ts';
import type { Closing } from './closing.ts';
import { incidentSetting, openIncidentTools } from './incident-tools.ts';
import { examiner, ownStatus } from './own-status.ts';
import { openRecords } from './records.ts';
import type { Shared } from './shared.ts';
import { slackWebConfig } from './slack-web.ts';
import { UnreachableError } from './unreachable.ts';

/** How long a listener may take to finish once the process is told to stop. */
const stopDeadlineMs = 5_000;

/** Connects to Slack. Rejects with UnreachableError or ConfigError when that does not work at start. */
export async function openBot(shared: Shared, closers: Closing): Promise<{ readiness(): Readiness }> {
  const { config, log, redis, metrics, producers, integrations, checks, clock } = shared;
  const records = openRecords(redis.hasty, config.keep);
  const incidentTools = openIncidentTools(shared, redis.hasty, producers.hasty);
  const app = slackApp({
    web: slackWebConfig(config),
    reached: reached(config),
    access: config.slack.access,
    integrations: integrations.map(({ settings }) => settings),
    catalogue: checks,
    producer: producers.hasty,
    incidents: {
      setting: incidentSetting(shared),
      records: records.incidents,
      act: (id, what) => act(incidentTools, id, what),
    },
    records: { ...records, known: records.knownSecrets },
    telemetry: metrics.telemetry,
    clock: clock.now,
    log,
    onDead: shared.onDead,
    ownStatus: () => ownStatus(shared, records),
    examine: examiner(shared),
  });
  closers.add('slack', () => app.stop(stopDeadlineMs));
  await app.start().catch((error: unknown) => refuse(error, config.file));
  return {
    readiness: () => ({ name: 'slack', detail: app.ready() === 'ready' ? null : 'no connection to Slack' }),
  };
}

/** In the words of exit codes: what was typed wrong, or what is away. */
function refuse(error: unknown, file: string): never {
  if (!(error instanceof SlackStartFailure)) throw error;
  if (!error.refused) throw new UnreachableError(error.message);
  throw new ConfigError(file, [{ where: error.variable, line: null, text: error.message }]);
}

function reached({ service, file }: ServiceConfig): Reached {
  const { intake } = service.slack;
  if (intake === null)
    throw new ConfigError(file, [{ where: 'SLACK_APP_TOKEN', line: null, text: 'is not set' }]);
  if (intake.way === 'socket') return { appToken: intake.appToken.reveal() };
  return { signingSecret: intake.signingSecret.reveal(), port: intake.port, host: '0.0.0.0' };
}
