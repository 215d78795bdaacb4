import { type GapCause, GapError } from '../../domain/gap.ts';

/** A gap of Qualys. `detail` is a sentence for people and holds no secret. */
export function qualysGap(cause: GapCause, detail: string, retryable = false): GapError {
  const sentence = /[.!?…]$/.test(detail) ? detail : `${detail}.`;
  return new GapError({ source: 'qualys', cause, detail: sentence }, retryable);
}
