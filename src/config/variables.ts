import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The environment, and the folder that relative paths in it start from. */
export type Variables = { env: Readonly<Record<string, string | undefined>>; cwd: string };

/**
 * A variable's value; an empty one is absent. `NAME_FILE` names a file that holds it instead (container secrets), with
 * one line end at its end taken off. What is wrong goes to `complain`, never with the value.
 */
export function variable(
  name: string,
  { env, cwd }: Variables,
  complain: (problem: string) => void,
  need: 'required' | 'optional' = 'optional',
): string | undefined {
  const [value, file] = [env[name] || undefined, env[`${name}_FILE`] || undefined];
  if (value !== undefined && file !== undefined) {
    complain(`${name} and ${name}_FILE are both set: keep one of them`);
    return undefined;
  }
  if (file !== undefined) return fromFile(name, resolve(cwd, file), complain);
  if (value === undefined && need === 'required')
    complain(`the variable ${name} is not set: set it, or ${name}_FILE to a file that holds the value`);
  return value;
}

function fromFile(name: string, path: string, complain: (problem: string) => void): string | undefined {
  try {
    const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    if (text !== '') return text;
    complain(`${name}_FILE names ${path}, which is empty: put the value there`);
  } catch {
    complain(`${name}_FILE names ${path}, which cannot be read: correct the path or its permissions`);
  }
  return undefined;
}
