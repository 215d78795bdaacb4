import { AndFilter, EqualityFilter, PresenceFilter } from 'ldapts';
import { GapError } from '../../domain/gap.ts';
import type { DomainRead, OpenDirectory } from '../../ports/directory.ts';
import type { RunScope } from '../../ports/run-scope.ts';
import { accountsUnder } from './accounts.ts';
import { type RawEntry, textIn } from './entries.ts';
import { instantOfGeneralizedTime } from './filetime.ts';
import { directoryGap } from './gaps.ts';
import type { ActiveDirectoryOptions } from './options.ts';
import { logIn, type Search, type Session } from './session.ts';

export type { ActiveDirectoryOptions } from './options.ts';

type Ask = (search: Search) => Promise<RawEntry[]>;

/**
 * One domain of Active Directory over LDAP. A run has one connection, which its first question opens and its signal
 * ends. It throws GapError only, and none of them carries a password.
 */
export function activeDirectory(options: ActiveDirectoryOptions): OpenDirectory {
  return (run) => {
    const ask = asking(options, run);
    let root: Promise<Root> | undefined;
    const rootOnce = () => {
      root ??= readRoot(ask, options);
      return root;
    };
    return {
      async domain() {
        const { dnsName, skewMs } = await rootOnce();
        return { dnsName, skewMs };
      },
      netbiosName: async () => readNetbiosName(ask, await rootOnce()),
      account: accountsUnder(options.baseDn, ask),
    };
  };
}

/** A connection that broke under the run is made once more; a login that failed stands for the whole run. */
function asking(options: ActiveDirectoryOptions, run: RunScope): Ask {
  let opening: Promise<Session> | undefined;
  let reopened = false;
  return async (search) => {
    opening ??= logIn(options, run);
    const asked = opening;
    const session = await asked;
    if (session.isCut() && !reopened && opening === asked) {
      reopened = true;
      opening = logIn(options, run);
    }
    return (await opening).search(search);
  };
}

type Root = DomainRead & { head: string; configuration: string | undefined };

async function readRoot(ask: Ask, { now }: ActiveDirectoryOptions): Promise<Root> {
  const [root = {}] = await ask({
    base: '',
    scope: 'base',
    filter: new PresenceFilter({ attribute: 'objectClass' }),
    attributes: ['defaultNamingContext', 'configurationNamingContext', 'currentTime'],
  });
  const seenAt = now();
  const head = textIn(root, 'defaultNamingContext');
  const directoryNow = instantOfGeneralizedTime(textIn(root, 'currentTime') ?? '');
  if (head === undefined || directoryNow === null) {
    const detail = 'The server names no domain of its own and no time: it seems to be no Active Directory';
    throw directoryGap('malformed', detail);
  }
  const configuration = textIn(root, 'configurationNamingContext');
  return { head, configuration, dnsName: dnsNameOf(head), skewMs: directoryNow - seenAt };
}

/** Null where our account may not read it: then only the configured `domains` tell. */
async function readNetbiosName(ask: Ask, { head, configuration }: Root): Promise<string | null> {
  if (configuration === undefined) return null;
  try {
    const [crossReference = {}] = await ask({
      base: `CN=Partitions,${configuration}`,
      scope: 'one',
      filter: equal({ objectClass: 'crossRef', nCName: head }),
      attributes: ['nETBIOSName'],
    });
    return textIn(crossReference, 'nETBIOSName') ?? null;
  } catch (error) {
    const isHidden = error instanceof GapError && ['denied', 'absent'].includes(error.gap.cause);
    if (isHidden) return null;
    throw error;
  }
}

/** `DC=corp,DC=example` is the domain corp.example. */
function dnsNameOf(head: string): string {
  return [...head.matchAll(/(?:^|,)\s*DC=([^,]+)/gi)]
    .map(([, label]) => label)
    .join('.')
    .toLowerCase();
}

/** Filters are made of objects, so that no character of a name can become a part of them. */
function equal(values: Readonly<Record<string, string>>): AndFilter {
  const filters = Object.entries(values).map(
    ([attribute, value]) => new EqualityFilter({ attribute, value }),
  );
  return new AndFilter({ filters });
}
