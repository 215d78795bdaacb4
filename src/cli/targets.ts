import { nameAtMost } from '../domain/name-limit.ts';
import { didYouMean } from '../domain/nearest.ts';
import type { Settings } from '../domain/settings.ts';
import { UsageError } from './failures.ts';

/** Which secrets of which integration (its position) are checked; `watched` are all that its configuration covers. */
export type Target = { index: number; secrets: readonly string[] | 'watched' };

export type Asked = { secrets: readonly string[]; all: boolean; integration: string | undefined };

/** What can be told of the words alone, before any configuration is read. Throws UsageError. */
export function demandNames(secrets: readonly string[], all = false): void {
  if (all && secrets.length > 0) throw new UsageError('Name secrets or use --all, not both.');
  if (!all && secrets.length === 0)
    throw new UsageError('Name at least one secret, or use --all for those of the configuration.');
  if (secrets.some((name) => name.trim() === '')) throw new UsageError('The name of a secret is empty.');
  for (const name of secrets) refuseLong(name);
}

/** Finds out whom the words mean. Throws UsageError where they are not clear. */
export function targetsOf(settings: readonly Settings[], asked: Asked): Target[] {
  const chosen = integrationsNamed(settings, asked.integration);
  if (asked.all) return watchedOf(chosen);
  const names = [...new Set(asked.secrets)];
  if (chosen.length === 1) return chosen.map(({ index }) => ({ index, secrets: names }));
  const unlisted = names.filter((name) => !chosen.some((one) => lists(one.settings, name)));
  if (unlisted.length > 0) throw new UsageError(unlistedText(unlisted, chosen));
  return chosen
    .map((one) => ({ index: one.index, secrets: names.filter((name) => lists(one.settings, name)) }))
    .filter(({ secrets }) => secrets.length > 0);
}

/** Throws UsageError for what can be no name: asked for, it would come back in every message and every file. */
export function refuseLong(name: string): void {
  if (name.length <= nameAtMost) return;
  throw new UsageError(
    `"${name.slice(0, 40)}…" has ${name.length} characters, and no name is that long: at most ${nameAtMost} are read.`,
  );
}

type Chosen = { index: number; settings: Settings };

/** All, or the one of this name (without case). */
export function integrationsNamed(settings: readonly Settings[], name: string | undefined): Chosen[] {
  const all = settings.map((one, index) => ({ index, settings: one }));
  if (name === undefined) return all;
  const found = all.filter((one) => one.settings.integration.toLowerCase() === name.toLowerCase());
  if (found.length > 0) return found;
  const names = settings.map((one) => one.integration);
  throw new UsageError(
    `There is no integration "${name}".${didYouMean(name, names) || ` Known: ${names.join(', ')}.`}`,
  );
}

function watchedOf(chosen: readonly Chosen[]): Target[] {
  const targets = chosen
    .filter(({ settings }) => settings.secrets === 'folder' || settings.secrets.length > 0)
    .map(({ index }) => ({ index, secrets: 'watched' as const }));
  if (targets.length > 0) return targets;
  throw new UsageError(
    'No secret is listed: add `secrets` to the integration in the configuration, or name one.',
  );
}

function lists({ secrets }: Settings, name: string): boolean {
  return secrets !== 'folder' && secrets.includes(name);
}

function unlistedText(unlisted: readonly string[], chosen: readonly Chosen[]): string {
  const names = unlisted.map((name) => `"${name}"`).join(', ');
  const known = chosen.map((one) => one.settings.integration).join(', ');
  return `No integration lists ${names}: say which one is meant with --integration NAME (${known}).`;
}
