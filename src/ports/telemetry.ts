import type { GapSource } from '../domain/gap.ts';
import type { Overall } from '../domain/report.ts';

/** What is counted and timed. Labels are of small, fixed sets: never a name of a secret, an account or a person. */
export type Telemetry = {
  runFinished(run: { overall: Overall; durationMs: number }): void;
  readingFinished(reading: { key: string; outcome: 'found' | 'gap'; durationMs: number }): void;
  vendorCalled(call: { source: GapSource; result: string; durationMs: number }): void;
  slackCalled(call: { method: string; result: string; durationMs: number }): void;
  commandAcknowledged(durationMs: number): void;
  jobStarted(job: { kind: string; lagMs: number }): void;
  jobFinished(job: { kind: string; result: 'done' | 'retried' | 'failed'; durationMs: number }): void;
};
