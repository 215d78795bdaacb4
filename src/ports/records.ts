import type { AuditAnswer } from '../domain/audit.ts';
import type { Batch } from '../domain/batch.ts';
import type { CommandEntry } from '../domain/command-entry.ts';
import type { MessageHandle } from '../domain/destination.ts';
import type { LookSummary } from '../domain/look-summary.ts';
import type { Report } from '../domain/report.ts';

/** Reports that were made. Kept as long as the configuration says; older ones are gone, and `load` answers null. */
export type Reports = {
  save(report: Report): Promise<void>;
  load(runId: string): Promise<Report | null>;
  /** The newest of a secret, newest first, at most `limit`. */
  history(integration: string, secret: string, limit: number): Promise<Report[]>;
  /** The newest report of every secret that has one. */
  latest(): Promise<Report[]>;
};

export type Batches = {
  save(batch: Batch): Promise<void>;
  load(batchId: string): Promise<Batch | null>;
};

export type Audits = {
  save(answer: AuditAnswer): Promise<void>;
  load(auditId: string): Promise<AuditAnswer | null>;
};

export type Summaries = {
  save(summary: LookSummary): Promise<void>;
  load(summaryId: string): Promise<LookSummary | null>;
};

/** Which sources a run still waits for; null when it has ended or is not known. Sentence parts such as `Secret Server`. */
export type Progress = {
  waitingFor(runId: string, what: readonly string[]): Promise<void>;
  ended(runId: string): Promise<void>;
  read(runId: string): Promise<string[] | null>;
};

export type CommandLog = {
  write(entry: CommandEntry): Promise<void>;
  /** Newest first. */
  read(limit: number): Promise<CommandEntry[]>;
};

/** Things that must happen once, however often they are asked for. */
export type Once = {
  /** True for the first caller within `forMs`; false for everybody after. */
  claim(key: string, forMs: number): Promise<boolean>;
  /** Gives a claim back, so that it can be made again. */
  release(key: string): Promise<void>;
};

/** What was delivered where, so that a repeated delivery edits instead of posting again. */
export type Deliveries = {
  /** `sent` without a handle: it went out by a way that leaves none. */
  record(deliveryId: string, handle: MessageHandle | 'sent'): Promise<void>;
  find(deliveryId: string): Promise<MessageHandle | 'sent' | null>;
};

/** The names of secrets last seen, for completion and "did you mean". Never asked live. */
export type KnownSecrets = {
  remember(integration: string, names: readonly string[]): Promise<void>;
  list(): Promise<{ integration: string; secret: string }[]>;
};
