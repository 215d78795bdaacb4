import { z } from 'zod';

/** Which side of the chain could not be read. */
export const GapSource = z.enum(['secret-server', 'qualys', 'directory', 'probe', 'vaultcheck']);
export type GapSource = z.infer<typeof GapSource>;

/** The sides of the chain, as a person calls them. */
export const sourceNames: Readonly<Record<GapSource, string>> = {
  'secret-server': 'Secret Server',
  qualys: 'Qualys',
  directory: 'the directory',
  probe: 'the probe',
  vaultcheck: 'Vaultcheck',
};

/**
 * Why a piece of evidence is missing.
 * - `unreachable` no connection, name or trust
 * - `timed-out` asked, and no answer by the deadline
 * - `denied` login or permission refused, or an account expired
 * - `absent` asked, and not there or not visible
 * - `malformed` HTML, half a body or wrong types
 * - `failing` the server answered 5xx
 * - `throttled` asked to wait longer than the run may
 * - `truncated` more rows than are read
 * - `not-configured` nobody told Vaultcheck where to look
 */
export const GapCause = z.enum([
  'unreachable',
  'timed-out',
  'denied',
  'absent',
  'malformed',
  'failing',
  'throttled',
  'truncated',
  'not-configured',
]);
export type GapCause = z.infer<typeof GapCause>;

/** Why something is not known. `detail` is a sentence for people: what was asked, and what to do to make it visible. */
export const Gap = z.strictObject({ source: GapSource, cause: GapCause, detail: z.string().min(1) });
export type Gap = z.infer<typeof Gap>;

/**
 * The one error that an adapter may throw. Anything else is a bug of ours and fails the job loudly.
 * Never carries the library's error: those hold request headers, and with them tokens.
 */
export class GapError extends Error {
  override readonly name = 'GapError';
  readonly gap: Gap;
  /** Whether asking again later may help: a fact for the caller's policy, not a promise. */
  readonly retryable: boolean;

  constructor(gap: Gap, retryable = false) {
    super(`${gap.source}: ${gap.cause}: ${gap.detail}`);
    this.gap = gap;
    this.retryable = retryable;
  }
}
