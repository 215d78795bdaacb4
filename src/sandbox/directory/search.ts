import {
  computedAttributes,
  configurationOf,
  crossReferenceEntry,
  type Entry,
  privateAttributes,
  rootEntry,
  userEntry,
} from './attributes.ts';
import { matches } from './filter.ts';
import { canonical } from './login.ts';
import type { SearchAsked } from './messages.ts';
import type { DirectoryWorld } from './world.ts';

/** What a search finds. `code` 32: there is no such base. The head of the domain also refers to its other parts. */
export type SearchAnswer = { code: number; entries: Entry[]; references: string[] };

export function search(world: DirectoryWorld, asked: SearchAsked): SearchAnswer {
  if (asked.base === '') return found(asked.scope === 'base' ? [rootEntry(world)] : [], asked);
  const all = [...world.users.map((user) => userEntry(world, user)), crossReferenceEntry(world)];
  const base = canonical(asked.base);
  const within = all.filter(({ dn }) => isWithin(canonical(dn), base, asked.scope));
  const isHead = base === canonical(world.baseDn);
  const partitions = canonical(`CN=Partitions,${configurationOf(world)}`);
  if (within.length === 0 && !isHead && base !== partitions) return { code: 32, entries: [], references: [] };
  // Configuration is a part of its own: a search at the head refers to it and does not go there.
  const here = isHead ? within.filter(({ dn }) => !canonical(dn).endsWith(partitions)) : within;
  const reference = `ldaps://${world.dnsName}/${configurationOf(world)}`;
  return { ...found(here, asked), references: isHead && asked.scope === 'sub' ? [reference] : [] };
}

function found(entries: Entry[], asked: SearchAsked): SearchAnswer {
  const matching = entries.filter((entry) => matches(asked.filter, entry));
  return { code: 0, entries: matching.map((entry) => shown(entry, asked.attributes)), references: [] };
}

function isWithin(dn: string, base: string, scope: SearchAsked['scope']): boolean {
  if (scope === 'base') return dn === base;
  const isBelow = dn.endsWith(`,${base}`);
  if (scope === 'sub') return dn === base || isBelow;
  return isBelow && !/(?<!\\),/.test(dn.slice(0, -base.length - 1));
}

/** `*` and an empty list leave out what is computed. */
function shown({ dn, attributes }: Entry, asked: readonly string[]): Entry {
  const wanted = new Set(asked.map((name) => name.toLowerCase()));
  const all = wanted.size === 0 || wanted.has('*');
  const kept = Object.entries(attributes).filter(
    ([name]) => wanted.has(name.toLowerCase()) || (all && !computedAttributes.includes(name)),
  );
  return { dn, attributes: Object.fromEntries(kept) };
}

/** Attributes of a search that a verifier has no business with. */
export function forbiddenIn({ attributes }: SearchAsked): string[] {
  const names = privateAttributes.map((one) => one.toLowerCase());
  const asked = attributes.filter((one) => names.includes(one.toLowerCase()) || one === '*' || one === '+');
  return attributes.length === 0 ? ['all attributes'] : asked;
}
