/** A place in the configuration file: keys and list positions from the top. */
export type Path = readonly (string | number)[];

/**
 * One thing to put right. `where`: a path of the file such as `integrations[0].name`, or the name of a variable.
 * `line`: in the file, from 1; null for a variable and for the file as a whole.
 */
export type Problem = { where: string; line: number | null; text: string };

/** What a rule across fields found, and where. */
export type Breach = { path: Path; text: string };

/** Everything that is wrong with file and environment, together. No value that might be a secret is in it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly file: string;
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[]) {
    super(problems.map((one) => problemLine(file, one)).join('\n'));
    this.file = file;
    this.problems = problems;
  }
}

/** `vaultcheck.yaml:12: integrations[0].name: is missing`, and for a variable `REDIS_URL: …`. */
function problemLine(file: string, { where, line, text }: Problem): string {
  const place = line === null ? '' : `${file}:${line}: `;
  return `${place}${where}: ${text}`;
}

/** `integrations[0].secretServer.url`; a key with other characters stands in quotes. The whole file is `file`. */
export function pathText(path: Path): string {
  return path.reduce<string>(appended, '') || 'file';
}

function appended(before: string, part: string | number): string {
  if (typeof part === 'number') return `${before}[${part}]`;
  if (!/^[\w-]+$/.test(part)) return `${before}[${JSON.stringify(part)}]`;
  return before === '' ? part : `${before}.${part}`;
}
