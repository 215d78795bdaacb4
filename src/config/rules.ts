import { accountName, sameAccount } from '../domain/account-name.ts';
import { didYouMean } from '../domain/nearest.ts';
import { type DraftIntegration, draftOf } from './draft.ts';
import type { Breach } from './problems.ts';
import { insecureUrls } from './secure-urls.ts';

/** What rules are told beside the file. */
export type RuleFacts = {
  checkIds: readonly string[];
  proxyKnown: boolean;
  /** Whether the service is to start, which people then use. */
  serving: boolean;
};

/** The rules beyond types, over a file that may have other mistakes too. */
export function breaches(value: unknown, facts: RuleFacts): Breach[] {
  const { integrations, slack } = draftOf(value);
  const names = integrations.map((one) => one?.name);
  return [
    ...(facts.serving && !slack?.access ? [accessMissing] : []),
    ...repeated(names, 'integration').map(({ index, text }) => ({
      path: ['integrations', index, 'name'],
      text,
    })),
    ...integrations.flatMap((one, index) =>
      one
        ? within(one, facts).map(({ path, text }) => ({ path: ['integrations', index, ...path], text }))
        : [],
    ),
  ];
}

const accessMissing: Breach = {
  path: ['slack', 'access'],
  text: 'is missing: say who may use Vaultcheck, at least check: anyone',
};

function within(one: DraftIntegration, facts: RuleFacts): Breach[] {
  return [
    ...insecureUrls(one),
    ...readerAsScanAccount(one),
    ...repeatedNames(one),
    ...secretsOfFolder(one),
    ...unknownChecks(one, facts.checkIds),
    ...proxyWithoutVariable(one, facts.proxyKnown),
  ];
}

/** Its logins would be taken for the appliance's, and its failures could lock the account. */
function readerAsScanAccount({ secretServer, scanAccounts, domains }: DraftIntegration): Breach[] {
  const reader = accountOf(secretServer?.reader);
  if (!reader) return [];
  return scanAccounts.flatMap((given, index) => {
    const scan = accountOf(given);
    if (!scan || !sameAccount(reader, scan, domains)) return [];
    const text =
      'is the reader itself: give Vaultcheck an account of its own, or its logins would be taken for the scanner’s';
    return [{ path: ['scanAccounts', index], text }];
  });
}

type DraftAccount = { username?: string | undefined; domain?: string | undefined };

function accountOf(given: DraftAccount | undefined) {
  return given?.username ? accountName({ username: given.username, domain: given.domain }) : undefined;
}

function repeatedNames({ appliances, secrets, scanAccounts, domains }: DraftIntegration): Breach[] {
  const machines = repeated(
    appliances.map((one) => one?.name),
    'appliance',
  ).map(({ index, text }) => ({ path: ['appliances', index, 'name'], text }));
  const named = secrets === 'folder' ? [] : secrets;
  const twins = named.flatMap((name, index) =>
    name === undefined || named.indexOf(name) === index
      ? []
      : [{ path: ['secrets', index], text: 'stands here twice: remove one of them' }],
  );
  const accounts = scanAccounts.flatMap((given, index) => {
    const scan = accountOf(given);
    const before = scanAccounts.slice(0, index).map(accountOf);
    if (!scan || !before.some((other) => other && sameAccount(other, scan, domains))) return [];
    return [{ path: ['scanAccounts', index], text: 'stands here twice: remove one of them' }];
  });
  return [...machines, ...twins, ...accounts];
}

/** Names are compared without case: `in corp` and `in CORP` are one to a person. */
function repeated(names: readonly (string | undefined)[], what: string): { index: number; text: string }[] {
  return names.flatMap((name, index) => {
    const first = names.findIndex((other) => other?.toLowerCase() === name?.toLowerCase());
    if (name === undefined || first === index) return [];
    return [{ index, text: `another ${what} has this name already: give each its own` }];
  });
}

function secretsOfFolder({ secrets, folder }: DraftIntegration): Breach[] {
  if (secrets !== 'folder' || folder !== undefined) return [];
  return [
    { path: ['secrets'], text: "says folder, but no folder is named: add folder: '\\Scan Credentials'" },
  ];
}

function unknownChecks({ accept }: DraftIntegration, checkIds: readonly string[]): Breach[] {
  return accept.flatMap((waiver, index) => {
    const id = waiver?.check;
    if (id === undefined || checkIds.includes(id)) return [];
    const hint = didYouMean(id, checkIds) || ' `vaultcheck checks` lists them.';
    return [{ path: ['accept', index, 'check'], text: `is not the id of a check.${hint}` }];
  });
}

function proxyWithoutVariable({ secretServer }: DraftIntegration, proxyKnown: boolean): Breach[] {
  if (secretServer?.proxy !== true || proxyKnown) return [];
  return [
    { path: ['secretServer', 'proxy'], text: 'is on, but HTTPS_PROXY is not set: set it, or turn proxy off' },
  ];
}
