import type { ActOutcome } from '../app/incidents/act.ts';
import type { Topic } from '../commands/explain.ts';
import type { Finding } from '../domain/doctor/finding.ts';
import type { Act } from '../domain/incident-table.ts';
import type { Instant } from '../domain/instant.ts';
import type { OwnStatus } from '../domain/own-status.ts';
import type { Settings } from '../domain/settings.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Pace } from '../ports/pace.ts';
import type {
  Audits,
  Batches,
  CommandLog,
  Deliveries,
  KnownSecrets,
  Once,
  Progress,
  Reports,
  Summaries,
} from '../ports/records.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Producer } from '../queue/jobs.ts';

/** Constant messages with data beside them; pino fits. */
export type Log = {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
};

/** How Slack's Web API is reached. `apiUrl` ends in a slash: `https://slack.com/api/`. */
export type WebConfig = {
  botToken: string;
  apiUrl: string;
  /** How long a call may take; 10 seconds where nothing is said. */
  timeoutMs?: number;
  /** The proxy for everything that goes to Slack, and the hosts that are reached without it (`NO_PROXY`). */
  proxy?: { url: string; except: string } | undefined;
};

/** How Slack reaches us: over a socket that we open, or by signed requests to `port` (0: any free one). */
export type Reached = { appToken: string } | { signingSecret: string; port: number; host?: string };

/** Who may: ids of people (U…) and groups (S…), or anyone who is an ordinary member of the workspace. */
export type Granted = 'anyone' | readonly string[];
export type AccessLists = { check: Granted; incidents: Granted; admin: Granted };

/** What the bot must know of an integration. */
export type Watched = Pick<Settings, 'integration' | 'secrets' | 'scanEveryMs'>;

export type Timings = {
  /** After how long a run that still waits is told about. */
  progressAfterMs: number;
  /** How long the socket may be away before the process is declared dead. */
  deadAfterMs: number;
  /** How long Slack may take to answer a ping; also the wait before a reconnect. */
  pingTimeoutMs: number;
  /** How long a person's rights may take to be looked up before the acknowledgement. */
  accessTimeoutMs: number;
};

export const defaultTimings: Timings = {
  progressAfterMs: 5000,
  deadAfterMs: 120_000,
  pingTimeoutMs: 5000,
  accessTimeoutMs: 1000,
};

/** What the configuration says of incidents in the chat. */
export type IncidentSetting = {
  /** The channel for incidents whose integration has none of its own. */
  alerts: string | null;
  links: readonly { title: string; url: string }[];
  /** Who is called when nobody takes one: a user group (S…) or a person (U…). */
  mention: string | null;
  integrations: readonly {
    integration: string;
    alerts: string | null;
    /** Whether an address of an appliance is configured. */
    addresses: boolean;
  }[];
};

/** Incidents, for those who click. `act`: of ten who click at once one wins. */
export type IncidentDesk = {
  setting: IncidentSetting;
  records: Pick<Incidents, 'load' | 'list' | 'unread' | 'storm' | 'message'>;
  act(id: string, what: Act): Promise<ActOutcome>;
};

export type IncidentNotifierOptions = Pick<
  NotifierOptions,
  'web' | 'telemetry' | 'clock' | 'log' | 'pace'
> & {
  records: { deliveries: Deliveries; once: Once };
  incidents: IncidentSetting;
};

export type NotifierOptions = {
  web: WebConfig;
  records: {
    reports: Pick<Reports, 'load'>;
    batches: Pick<Batches, 'load'>;
    audits: Pick<Audits, 'load'>;
    summaries: Pick<Summaries, 'load'>;
    progress: Pick<Progress, 'read'>;
    deliveries: Deliveries;
    once: Once;
  };
  /** The order and the pace of each channel, over all processes. */
  pace: Pace;
  telemetry: Pick<Telemetry, 'slackCalled'>;
  clock: () => Instant;
  log: Log;
};

export type SlackAppOptions = {
  web: WebConfig;
  reached: Reached;
  access: AccessLists;
  integrations: readonly Watched[];
  /** The checks, for `explain`. */
  catalogue: readonly Topic[];
  producer: Producer;
  incidents: IncidentDesk;
  records: {
    reports: Pick<Reports, 'load' | 'history' | 'latest'>;
    known: Pick<KnownSecrets, 'list'>;
    commandLog: CommandLog;
    deliveries: Pick<Deliveries, 'find'>;
    once: Once;
  };
  telemetry: Pick<Telemetry, 'slackCalled' | 'commandAcknowledged'>;
  clock: () => Instant;
  log: Log;
  /** Called once when the socket cannot be got back: the process should end and be started again. */
  onDead(reason: string): void;
  /** How Vaultcheck itself stands, without asking a vendor. */
  ownStatus(): Promise<OwnStatus>;
  /** The same with all that it depends on: asks vendors, and takes seconds. */
  examine(): Promise<Finding[]>;
  timings?: Partial<Timings>;
};
