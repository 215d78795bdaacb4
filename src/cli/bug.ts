import { randomBytes } from 'node:crypto';
import { version } from '../version.ts';

/** Errors whose messages come of the language itself and repeat nothing that was read. */
const speaking = new Set(['TypeError', 'RangeError', 'ReferenceError']);

/**
 * What a person sees when Vaultcheck itself is at fault. Messages of other errors are left out, since they may repeat
 * what a vendor answered; where it happened is always told.
 */
export function bugText(error: unknown): string {
  const reference = randomBytes(4).toString('hex');
  const known = error instanceof Error ? error : new Error('not an error');
  const message = speaking.has(known.name) ? `: ${known.message}` : '';
  const frames = (known.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [
    `This is a bug in Vaultcheck (reference ${reference}). Please report it to the project's issue tracker with these lines:`,
    `  vaultcheck ${version()}, Node ${process.version}, ${process.platform}`,
    `  ${known.name}${message}`,
    ...frames.slice(0, 12),
    '',
  ].join('\n');
}
