import type { Clock } from '../app/clock.ts';
import type { IncidentTools } from '../app/incidents/change.ts';
import type { DeliverTools } from '../app/incidents/deliver.ts';
import type { Integration } from '../app/integration.ts';
import type { Check } from '../domain/check.ts';
import type { Log } from '../ops/log.ts';
import type { CheckRounds } from '../ports/check-rounds.ts';
import type { Journal } from '../ports/journal.ts';
import type { Listening } from '../ports/listening.ts';
import type { Marks } from '../ports/marks.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Audits, Batches, KnownSecrets, Progress, Reports, Summaries } from '../ports/records.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Producer } from '../queue/jobs.ts';

/** What a worker's jobs work with. */
export type WorkerTools = {
  integrations: readonly Integration[];
  checks: readonly Check[];
  version: string;
  deadlineMs: number;
  records: {
    reports: Reports;
    batches: Batches;
    audits: Audits;
    summaries: Summaries;
    progress: Progress;
    knownSecrets: KnownSecrets;
    marks: Marks;
    rounds: CheckRounds;
    journal: Journal;
    listening: Listening;
  };
  /** Waits for Redis: a worker's answer is not given up because Redis restarts. */
  producer: Producer;
  notifier: Notifier;
  incidents: IncidentTools;
  /** Where an integration's incidents are told; null where no channel is configured. */
  alertsChannel(integration: string): string | null;
  incidentDelivery: DeliverTools;
  clock: Clock;
  telemetry: Telemetry;
  log: Log;
};
