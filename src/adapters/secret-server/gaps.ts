import { type GapCause, GapError } from '../../domain/gap.ts';

export { vendorWords } from '../http/vendor-words.ts';

/** A gap of Secret Server. `detail` is a sentence for people and holds no secret. */
export function vaultGap(cause: GapCause, detail: string, retryable = false): GapError {
  const sentence = /[.!?…]$/.test(detail) ? detail : `${detail}.`;
  return new GapError({ source: 'secret-server', cause, detail: sentence }, retryable);
}
