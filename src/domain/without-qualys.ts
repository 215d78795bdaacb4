import type { Context } from './settings.ts';

/** Why the rules about Qualys do not apply, where none is configured. */
export function withoutQualys({ settings }: Context): string | null {
  return settings.qualys ? null : 'No Qualys is configured.';
}
