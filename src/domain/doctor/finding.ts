import { z } from 'zod';
import type { Gap } from '../gap.ts';

/** What of Vaultcheck itself is looked at. */
export const Area = z.enum([
  'configuration',
  'redis',
  'slack',
  'reader',
  'qualys',
  'directory',
  'sites',
  'clock',
]);
export type Area = z.infer<typeof Area>;

/** One thing seen of Vaultcheck itself. `remedy` stands with what is not well; `integration` null: of the whole. */
export const Finding = z.strictObject({
  area: Area,
  integration: z.string().nullable(),
  verdict: z.enum(['pass', 'warn', 'fail', 'unknown', 'skipped']),
  text: z.string(),
  remedy: z.string().nullable(),
});
export type Finding = z.infer<typeof Finding>;

/** A finding before it is said whose it is. */
export type Said = Pick<Finding, 'verdict' | 'text' | 'remedy'>;

export function well(text: string): Said {
  return { verdict: 'pass', text, remedy: null };
}

export function unwell(verdict: 'warn' | 'fail', text: string, remedy: string): Said {
  return { verdict, text, remedy };
}

export function leftOut(text: string): Said {
  return { verdict: 'skipped', text, remedy: null };
}

/** Something that was asked and did not tell: a refusal or no way there is a failure, the rest is not known. */
export function unseen(what: string, gap: Gap, remedy: string): Said {
  const failed = ['unreachable', 'denied', 'not-configured'].includes(gap.cause);
  return { verdict: failed ? 'fail' : 'unknown', text: `${what}: ${gap.detail}`, remedy };
}

/** The findings with the area and the integration they belong to. */
export function about(area: Area, integration: string | null, all: readonly Said[]): Finding[] {
  return all.map((one) => ({ area, integration, ...one }));
}
