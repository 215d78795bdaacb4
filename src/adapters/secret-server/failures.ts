import type { GapError } from '../../domain/gap.ts';
import { type Failure, failureGap as gapOf } from '../http/failures.ts';

export function failureGap(failure: Failure): GapError {
  return gapOf(failure, { source: 'secret-server', system: 'Secret Server' });
}
