import { AndFilter, EqualityFilter, OrFilter } from 'ldapts';
import type { DirectoryAccount } from '../../domain/evidence/directory.ts';
import type { AccountNames } from '../../ports/directory.ts';
import { accountAttributes, type RawEntry, readAccount, textIn } from './entries.ts';
import { directoryGap } from './gaps.ts';
import type { Search } from './session.ts';

type Ask = (search: Search) => Promise<RawEntry[]>;
type Find = (names: AccountNames) => Promise<DirectoryAccount | null>;

/** A filter of this many names is still a small one. */
const mostTogether = 20;

/** Looks for accounts under `base`. Those that are asked for at the same time are looked for in one search. */
export function accountsUnder(base: string, ask: Ask): Find {
  const alone = (names: AccountNames) => search(ask, base, [names]);
  let gathering: { all: AccountNames[]; found: Promise<RawEntry[]> } | undefined;
  const withOthers = (names: AccountNames) => {
    if (!gathering || gathering.all.length >= mostTogether) {
      const all: AccountNames[] = [];
      gathering = { all, found: atOnce(all) };
    }
    gathering.all.push(names);
    return gathering;
  };
  const atOnce = async (all: AccountNames[]) => {
    await new Promise((resolve) => setImmediate(resolve));
    if (gathering?.all === all) gathering = undefined;
    return search(ask, base, all);
  };
  return async (names) => {
    if (names.principalName === null && names.logonName === null) return null;
    const { all, found } = withOthers(names);
    const entries = await found;
    if (all.length === 1) return theOne(entries, names);
    const own = entries.filter((entry) => bears(entry, names));
    // The directory compares names in more ways than we do: it has the last word on one that seems to be missing.
    return theOne(own.length > 0 ? own : await alone(names), names);
  };
}

function search(ask: Ask, base: string, all: readonly AccountNames[]): Promise<RawEntry[]> {
  const wanted = all.flatMap(({ principalName, logonName }) => [
    ...(principalName === null ? [] : [equal('userPrincipalName', principalName)]),
    ...(logonName === null ? [] : [equal('sAMAccountName', logonName)]),
  ]);
  const filters = [equal('objectClass', 'user'), new OrFilter({ filters: wanted })];
  return ask({ base, scope: 'sub', filter: new AndFilter({ filters }), attributes: accountAttributes });
}

/** Filters are made of objects, so that no character of a name can become a part of them. */
function equal(attribute: string, value: string): EqualityFilter {
  return new EqualityFilter({ attribute, value });
}

function theOne(entries: readonly RawEntry[], { principalName }: AccountNames): DirectoryAccount | null {
  const found = entries.map(readAccount);
  const byPrincipal = found.filter((one) => isSame(one.principalName ?? undefined, principalName));
  const [first, ...others] = byPrincipal.length > 0 ? byPrincipal : found;
  if (others.length === 0) return first?.account ?? null;
  const names = found.map(({ account }) => account.name).join(', ');
  throw directoryGap('absent', `Several accounts of the directory could be meant: ${names}`);
}

function bears(entry: RawEntry, { principalName, logonName }: AccountNames): boolean {
  return (
    isSame(textIn(entry, 'userPrincipalName'), principalName) ||
    isSame(textIn(entry, 'sAMAccountName'), logonName)
  );
}

function isSame(one: string | undefined, other: string | null): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}
