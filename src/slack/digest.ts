import { createHash } from 'node:crypto';

/** A short name for a longer thing: 22 characters, the same for the same parts. */
export function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
