import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The vendors' own descriptions and recorded samples, kept beside the project and never in it. */
const folder = process.env.VAULTCHECK_REFERENCE || join(import.meta.dirname, '../../shared/reference');

/** The path of a reference file, or undefined where the material is not at hand: such tests skip and say so. */
export function reference(path: string): string | undefined {
  const full = join(folder, path);
  return existsSync(full) ? full : undefined;
}

/** The reason that a skipped test gives. */
export const referenceAbsent = 'the vendors’ reference material is not beside the project';
