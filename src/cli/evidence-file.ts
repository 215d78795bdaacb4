import { accessSync, chmodSync, constants, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseSavedEvidence, type SavedEvidence, UnreadableEvidence } from '../app/saved-evidence.ts';
import { jsonText } from './cli.ts';
import { UsageError } from './failures.ts';

/** Only its owner may read it: it tells who may read which secret. */
const ownerOnly = 0o600;

/**
 * Where evidence is saved. Looked at before a run, so that a mistyped path does not cost its evidence. One secret is
 * one document, several are an array.
 */
export function evidenceFile(
  path: string | undefined,
  cwd: string,
): { save(all: readonly SavedEvidence[]): void } {
  if (path === undefined) return { save: () => {} };
  const full = resolve(cwd, path);
  refuseUnwritable(full);
  return {
    save(all) {
      writeFileSync(full, jsonText(all.length === 1 ? all[0] : all), { mode: ownerOnly });
      // The mode above holds for a new file only.
      chmodSync(full, ownerOnly);
    },
  };
}

/** Reads one document or an array of them. Throws UsageError, which names the file and what is wrong with it. */
export function readEvidence(path: string, cwd: string): SavedEvidence[] {
  const full = resolve(cwd, path);
  const text = readText(full);
  try {
    return documentsIn(text).map(parseSavedEvidence);
  } catch (error) {
    if (!(error instanceof UnreadableEvidence)) throw error;
    throw new UsageError(`${full}: ${error.message}`);
  }
}

function documentsIn(text: string): string[] {
  if (!text.trimStart().startsWith('[')) return [text];
  const documents = parsedArray(text);
  if (documents.length === 0) throw new UnreadableEvidence('This file holds no evidence: its list is empty.');
  return documents.map((one) => JSON.stringify(one));
}

function parsedArray(text: string): unknown[] {
  try {
    return JSON.parse(text) as unknown[];
  } catch {
    throw new UnreadableEvidence('This is no saved evidence: it is not JSON, or not all of it is there.');
  }
}

function readText(full: string): string {
  try {
    return readFileSync(full, 'utf8');
  } catch {
    throw new UsageError(`The file ${full} cannot be read: name one that \`check --save-evidence\` wrote.`);
  }
}

function refuseUnwritable(full: string): void {
  const known = statSync(full, { throwIfNoEntry: false });
  if (known?.isDirectory()) throw new UsageError(`${full} is a folder: name a file for the evidence.`);
  try {
    accessSync(known ? full : dirname(full), constants.W_OK);
  } catch {
    throw new UsageError(
      `Evidence cannot be written to ${full}: name a file in a folder that exists and can be written.`,
    );
  }
}
