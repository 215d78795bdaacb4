import { type GapCause, GapError, type GapSource } from '../domain/gap.ts';

/** Makes the gaps of one source. `detail` is a sentence for people and holds no secret. */
export function gapsOf(source: GapSource) {
  return (cause: GapCause, detail: string, retryable = false): GapError => {
    const sentence = /[.!?…]$/.test(detail) ? detail : `${detail}.`;
    return new GapError({ source, cause, detail: sentence }, retryable);
  };
}
