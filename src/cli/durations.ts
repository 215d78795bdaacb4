import { InvalidArgumentError } from 'commander';
import { durationMs } from '../config/values.ts';

/** Reads `60s`, `15m`, `12h`, `7d` of an option into milliseconds. */
export function parseDuration(text: string): number {
  const ms = durationMs(text);
  if (ms === undefined) throw new InvalidArgumentError('Write a length of time such as 90s, 15m, 12h or 7d.');
  return ms;
}
