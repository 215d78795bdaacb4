import { z } from 'zod';
import type { Book } from '../domain/book.ts';
import type { Check } from '../domain/check.ts';
import { evidence, evidenceKeys } from '../domain/evidence/index.ts';
import { Gap, GapSource } from '../domain/gap.ts';
import { Instant } from '../domain/instant.ts';
import { judgeAll } from '../domain/judge.ts';
import type { Report } from '../domain/report.ts';
import { Context } from '../domain/settings.ts';

/** The document around the evidence. Fields that a newer version adds are ignored. */
const Envelope = z.object({
  schema: z.literal('vaultcheck.evidence/1'),
  /** The version of Vaultcheck that gathered it. */
  vaultcheck: z.string(),
  runId: z.string(),
  startedAt: Instant,
  finishedAt: Instant,
  context: Context,
  calls: z.record(z.string(), z.int()),
  entries: z.record(z.string(), z.unknown()),
});

/**
 * All that one run gathered for one secret, and all that its judgement depends on: the same report can be made of it
 * elsewhere. Holds no password, token or field of a secret, as the evidence itself holds none.
 */
export type SavedEvidence = Omit<z.infer<typeof Envelope>, 'entries'> & { entries: Book };

/** The file is no saved evidence, or not whole. The message lists all that is wrong with it. */
export class UnreadableEvidence extends Error {
  override readonly name = 'UnreadableEvidence';
}

/**
 * Reads saved evidence. Evidence of unknown names (of a newer version) is left out; what a check needs and does not
 * find is `absent` when it is judged. Throws UnreadableEvidence.
 */
export function parseSavedEvidence(text: string): SavedEvidence {
  const envelope = Envelope.safeParse(parsedJson(text));
  if (!envelope.success) throw unreadable(envelope.error.issues, []);
  const { entries, ...rest } = envelope.data;
  const read = evidenceKeys
    .filter((key) => Object.hasOwn(entries, key))
    .map((key) => ({ key, entry: entrySchema(key, entries[key]).safeParse(entries[key]) }));
  const wrong = read.flatMap(({ key, entry }) => (entry.error ? [withPath(entry.error.issues, key)] : []));
  if (wrong.length > 0) throw unreadable(wrong.flat(), ['entries']);
  // Each entry went through the schema of its own key.
  return { ...rest, entries: Object.fromEntries(read.map(({ key, entry }) => [key, entry.data])) as Book };
}

/** Judges saved evidence. Untouched evidence gives the very report that the run gave. */
export function replay(saved: SavedEvidence, checks: readonly Check[]): Report {
  const { context, entries, calls, runId } = saved;
  const { secretId, ...judged } = judgeAll(entries, context, checks);
  return {
    schema: 'vaultcheck.report/1',
    runId,
    integration: context.settings.integration,
    subject: { secret: context.secret, secretId },
    startedAt: new Date(saved.startedAt).toISOString(),
    finishedAt: new Date(saved.finishedAt).toISOString(),
    ...judged,
    calls,
  };
}

/** A found value or a gap, chosen by what is there, so that a mistake is named where it stands. */
function entrySchema(key: (typeof evidenceKeys)[number], raw: unknown): z.ZodType {
  const isGap = typeof raw === 'object' && raw !== null && 'gap' in raw;
  if (isGap) return z.strictObject({ gap: Gap });
  return z.strictObject({ value: evidence[key], source: GapSource, at: Instant });
}

type Issue = { path: PropertyKey[]; message: string };

function withPath(issues: readonly Issue[], key: string): Issue[] {
  return issues.map(({ path, message }) => ({ path: [key, ...path], message }));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableEvidence('This is no saved evidence: it is not JSON, or not all of it is there.');
  }
}

function unreadable(issues: readonly Issue[], prefix: PropertyKey[]): UnreadableEvidence {
  const lines = issues.map(
    ({ path, message }) => `- ${[...prefix, ...path].join('.') || 'document'}: ${message}`,
  );
  return new UnreadableEvidence(['This is no saved evidence that can be judged:', ...lines].join('\n'));
}
