import { type GapCause, GapError } from '../../domain/gap.ts';

/** A gap of the directory. `detail` is a sentence for people and holds no secret. */
export function directoryGap(cause: GapCause, detail: string, retryable = false): GapError {
  const sentence = /[.!?…]$/.test(detail) ? detail : `${detail}.`;
  return new GapError({ source: 'directory', cause, detail: sentence }, retryable);
}
