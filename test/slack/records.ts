import type { AuditAnswer } from '../../src/domain/audit.ts';
import type { Batch } from '../../src/domain/batch.ts';
import type { CommandEntry } from '../../src/domain/command-entry.ts';
import type { MessageHandle } from '../../src/domain/destination.ts';
import type { LookSummary } from '../../src/domain/look-summary.ts';
import type { Report } from '../../src/domain/report.ts';
import { type Job, type Producer, QueueUnavailable } from '../../src/queue/jobs.ts';

/** Our own ports over plain maps: what is stored, and switches for what may be away. */
export function memory() {
  const reports = new Map<string, Report>();
  const batches = new Map<string, Batch>();
  const audits = new Map<string, AuditAnswer>();
  const summaries = new Map<string, LookSummary>();
  const waiting = new Map<string, string[]>();
  const delivered = new Map<string, MessageHandle | 'sent'>();
  const claims = new Set<string>();
  const log: CommandEntry[] = [];
  const seen: { integration: string; secret: string }[] = [];
  return {
    reports,
    batches,
    audits,
    summaries,
    waiting,
    delivered,
    claims,
    log,
    seen,
    records: {
      reports: {
        load: async (id: string) => reports.get(id) ?? null,
        latest: async () => [...reports.values()],
        history: async (integration: string, secret: string) =>
          [...reports.values()].filter(
            (one) => one.integration === integration && one.subject.secret === secret,
          ),
      },
      batches: { load: async (id: string) => batches.get(id) ?? null },
      audits: { load: async (id: string) => audits.get(id) ?? null },
      summaries: { load: async (id: string) => summaries.get(id) ?? null },
      progress: { read: async (id: string) => waiting.get(id) ?? null },
      known: { list: async () => seen },
      deliveries: {
        find: async (id: string) => delivered.get(id) ?? null,
        record: async (id: string, handle: MessageHandle | 'sent') => {
          delivered.set(id, handle);
        },
      },
      once: {
        claim: async (key: string) => !claims.has(key) && claims.add(key) !== undefined,
        release: async (key: string) => {
          claims.delete(key);
        },
      },
      commandLog: {
        write: async (entry: CommandEntry) => {
          log.unshift(entry);
        },
        read: async (limit: number) => log.slice(0, limit),
      },
    },
  };
}

/** A queue that stores, or that is away. */
export function memoryQueue() {
  const stored = new Map<string, { job: Job; delayMs: number }>();
  const at = { away: false };
  const producer: Producer = {
    async add(job, { id = `job-${stored.size}`, delayMs = 0 } = {}) {
      if (at.away) throw new QueueUnavailable('away');
      if (!stored.has(id)) stored.set(id, { job, delayMs });
    },
  };
  return {
    producer,
    away: (away: boolean) => {
      at.away = away;
    },
    /** The stored jobs of one kind, in the order of their storing. */
    jobs: <K extends Job['kind']>(kind: K) =>
      [...stored.values()]
        .filter(({ job }) => job.kind === kind)
        .map(({ job }) => job as Extract<Job, { kind: K }>),
    delayed: () => [...stored.values()].filter(({ delayMs }) => delayMs > 0),
  };
}
