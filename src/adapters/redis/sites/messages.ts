import { z } from 'zod';
import { SiteSight } from '../../../domain/evidence/reach.ts';
import { Instant } from '../../../domain/instant.ts';

/**
 * What travels between Vaultcheck and its probes, versioned on its own: the two are upgraded at different times. Clear
 * text in Redis: a certificate authority is no secret, and nothing else is in it. Times are Redis' own clock, since a
 * probe's host may have another.
 */
export const siteVersion = 1;

export const SiteAsk = z.strictObject({
  version: z.literal(siteVersion),
  id: z.string().regex(/^[\w-]{8,64}$/),
  /** Nobody waits for an answer after that. */
  expiresAt: Instant,
  host: z.string().min(1).max(255),
  port: z.int().min(1).max(65_535),
  encrypted: z.boolean(),
  caPem: z.string().max(1_000_000).nullable(),
});
export type SiteAsk = z.infer<typeof SiteAsk>;

/** What every version has had: enough to say that one cannot answer. */
export const AskEnvelope = z.looseObject({
  version: z.int().positive(),
  id: z.string().regex(/^[\w-]{8,64}$/),
});

export const Refusal = z.enum(['not-allowed', 'version', 'failed']);
export type Refusal = z.infer<typeof Refusal>;

/** Read loosely: a refusal must be understood across versions. */
export const SiteAnswer = z.union([z.object({ sight: SiteSight }), z.object({ cannot: Refusal })]);
export type SiteAnswer = z.infer<typeof SiteAnswer>;

/** A living probe says when it was there last; one that was stopped leaves when it went. */
export const Sign = z.union([
  z.object({ at: Instant, version: z.string() }),
  z.object({ goneAt: Instant, version: z.string() }),
]);
export type Sign = z.infer<typeof Sign>;
