import { z } from 'zod';
import { Gap, GapSource } from './gap.ts';

/** A moment as it stands in a report: ISO 8601 in UTC with milliseconds. */
const Timestamp = z.iso.datetime();

export const VerdictWord = z.enum(['pass', 'warn', 'fail', 'unknown', 'skipped']);
export type VerdictWord = z.infer<typeof VerdictWord>;

export const ReportedEvidence = z.strictObject({ source: GapSource, fact: z.string(), at: Timestamp });
export type ReportedEvidence = z.infer<typeof ReportedEvidence>;

/** One row of a report. Which fields are null for which verdict is part of the public contract. */
export const ReportedCheck = z.strictObject({
  id: z.string(),
  section: z.string(),
  title: z.string(),
  verdict: VerdictWord,
  accepted: z.strictObject({ reason: z.string(), until: z.string() }).nullable(),
  finding: z.string().nullable(),
  remedy: z.string().nullable(),
  because: z.string().nullable(),
  gaps: z.array(Gap),
  evidence: z.array(ReportedEvidence),
});
export type ReportedCheck = z.infer<typeof ReportedCheck>;

/** The answer to "why is the authenticated scan failing?". `check` is the row it rests on. */
export const Diagnosis = z.strictObject({
  kind: z.enum(['cause', 'blind', 'advice']),
  check: z.string(),
  text: z.string(),
  next: z.string(),
  explains: z.array(z.string()),
});
export type Diagnosis = z.infer<typeof Diagnosis>;

/** Settings say that it should work; an audit trail says that it did. `at`: when the proof was left, null for none. */
export const Proof = z.strictObject({
  level: z.enum(['proved', 'partial', 'none']),
  at: Timestamp.nullable(),
  text: z.string(),
});
export type Proof = z.infer<typeof Proof>;

export const Overall = z.enum(['pass', 'warn', 'unknown', 'fail']);
export type Overall = z.infer<typeof Overall>;

/** One run over one secret: the public document of `check --json`. Fields may be added; none changes meaning. */
export const Report = z.strictObject({
  schema: z.literal('vaultcheck.report/1'),
  runId: z.string(),
  integration: z.string(),
  subject: z.strictObject({ secret: z.string(), secretId: z.int().nullable() }),
  startedAt: Timestamp,
  finishedAt: Timestamp,
  overall: Overall,
  diagnosis: Diagnosis.nullable(),
  proof: Proof,
  checks: z.array(ReportedCheck),
  calls: z.record(z.string(), z.int()),
});
export type Report = z.infer<typeof Report>;

/**
 * The worst of the verdicts that count: fail > unknown > warn > pass. Accepted findings and skipped rows do not count.
 * Nothing judged at all is `unknown`: an empty list proves nothing.
 */
export function overall(checks: readonly Pick<ReportedCheck, 'verdict' | 'accepted'>[]): Overall {
  const words = new Set(checks.filter((one) => one.accepted === null).map((one) => one.verdict));
  if (words.has('fail')) return 'fail';
  if (words.has('unknown')) return 'unknown';
  if (words.has('warn')) return 'warn';
  return checks.some((one) => one.verdict !== 'skipped') ? 'pass' : 'unknown';
}
