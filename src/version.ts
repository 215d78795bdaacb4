import { readFileSync } from 'node:fs';

/** The version of this package: its description lies one folder above, for the sources as for what is built of them. */
export function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
