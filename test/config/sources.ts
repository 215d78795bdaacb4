import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { ConfigSource } from '../../src/config/load.ts';
import { ConfigError, type Problem } from '../../src/config/problems.ts';
import { folderWith } from './files.ts';

/** Stands where a secret does: it must turn up in no problem. */
export const canary = 'canary-7c2d';
export const checkIds = ['hsts-enabled', 'secret-doublelock'];
type Env = Record<string, string>;

export function source(
  yaml: string,
  given: { env?: Env; files?: Record<string, string> } = {},
): ConfigSource {
  const cwd = folderWith({ 'vaultcheck.yaml': yaml, ...given.files });
  return { cwd, checkIds, env: { READER_PASSWORD: canary, ...given.env } };
}

export function problemsOf(load: () => unknown): readonly Problem[] {
  try {
    load();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(inspect(error, { depth: 9 })).not.toContain(canary);
    return error.problems;
  }
  return [];
}

/** `path@line text`, the form that tables below compare. */
export const told = (problems: readonly Problem[]) =>
  problems.map(({ where, line, text }) => `${where}${line === null ? '' : `@${line}`} ${text}`);
