import { z } from 'zod';
import { hourMs } from '../domain/instant.ts';
import { Job, jobVersions } from './jobs.ts';

/** What a payload turns out to be. `newer`: another version or kind, which a newer worker will understand. */
export type ReadJob = { kind: 'job'; job: Job } | { kind: 'newer' } | { kind: 'unreadable'; reason: string };

const Envelope = z.looseObject({ kind: z.string(), version: z.int().positive() });

/** A rolling upgrade ends within a day; what still nobody understands then is not going to be understood. */
const newerGraceMs = 24 * hourMs;

/** Reads a payload as it came from Redis. `ageMs`: how long ago it was put there. */
export function readJob(data: unknown, ageMs: number): ReadJob {
  const job = Job.safeParse(data);
  if (job.success) return { kind: 'job', job: job.data };
  const envelope = Envelope.safeParse(data);
  if (envelope.success && isNewer(envelope.data) && ageMs < newerGraceMs) return { kind: 'newer' };
  return { kind: 'unreadable', reason: z.prettifyError(job.error).slice(0, 500) };
}

function isNewer({ kind, version }: { kind: string; version: number }): boolean {
  const known: Readonly<Record<string, number>> = jobVersions;
  const mine = Object.hasOwn(known, kind) ? known[kind] : undefined;
  return mine === undefined || version > mine;
}
