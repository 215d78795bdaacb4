import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Path, type Problem, pathText } from './problems.ts';
import { type Sealed, sealed } from './sealed.ts';
import { SecretSource } from './values.ts';
import { type Variables, variable } from './variables.ts';
import type { YamlFile } from './yaml-file.ts';

/** What the file points at: secrets in variables and files, certificates in files. By path. */
export type Attachments = {
  problems: Problem[];
  secret(path: Path): Sealed;
  /** A file that was named, by its full path; null where none is. */
  file(path: Path): { path: string; text: string } | null;
};

/**
 * Reads everything that the file points at, also where other parts of the file are wrong, so that all problems are
 * told together. Paths are relative to the file.
 */
export function readAttachments(file: YamlFile, at: { file: string; variables: Variables }): Attachments {
  const problems: Problem[] = [];
  const secrets = new Map<string, Sealed>();
  const files = new Map<string, { path: string; text: string }>();
  const complain = (path: Path, text: string) => problems.push(file.problemAt(path, text));
  for (const { path, key, value } of leaves(file.value, [])) {
    if (/password$/i.test(key)) {
      const text = secretText(value, at, (problem) => complain(path, problem));
      if (text !== undefined) secrets.set(pathText(path), sealed(text));
    } else if (path.at(-2) === 'tls' && typeof value === 'string' && /File$/.test(key)) {
      const full = resolve(dirname(at.file), value);
      const text = fileText(full);
      if (text === undefined)
        complain(path, `cannot be read: put the PEM file at ${full}, or correct the path`);
      else files.set(pathText(path), { path: full, text });
    }
  }
  return {
    problems,
    secret: (path) => secrets.get(pathText(path)) ?? sealed(''),
    file: (path) => files.get(pathText(path)) ?? null,
  };
}

type Leaf = { path: Path; key: string; value: unknown };

function* leaves(value: unknown, path: Path): Generator<Leaf> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    yield { path: here, key, value: inner };
    yield* leaves(inner, here);
  }
}

function secretText(
  value: unknown,
  at: { file: string; variables: Variables },
  complain: (problem: string) => void,
): string | undefined {
  const source = SecretSource.safeParse(value);
  // Another shape is told by the schema.
  if (!source.success) return undefined;
  if ('env' in source.data) return variable(source.data.env, at.variables, complain, 'required');
  const full = resolve(dirname(at.file), source.data.file);
  const text = fileText(full)?.replace(/\r?\n$/, '');
  if (text) return text;
  complain(text === undefined ? `the file ${full} cannot be read` : `the file ${full} is empty`);
  return undefined;
}

function fileText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
