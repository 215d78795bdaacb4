import { expect, it } from 'vitest';
import type { Book } from '../src/domain/book.ts';
import type { Check } from '../src/domain/check.ts';
import type { PerAccount, UserAuditRow, VaultGroup, VaultUser } from '../src/domain/evidence/account.ts';
import type { Evidence, EvidenceKey } from '../src/domain/evidence/index.ts';
import type { AccessEntry, SecretAuditRow, SecretSummary } from '../src/domain/evidence/secret.ts';
import type { Gap } from '../src/domain/gap.ts';
import { dayMs } from '../src/domain/instant.ts';
import { judgeAll } from '../src/domain/judge.ts';
import type { ReportedCheck, VerdictWord } from '../src/domain/report.ts';
import type { Account, Appliance, Context, Settings } from '../src/domain/settings.ts';
import type { Told } from '../src/domain/told.ts';

/** The moment at which every table judges: a Tuesday, 02:00 in UTC. */
export const at = Date.UTC(2026, 10, 24, 2);

export const qualys: Account = { username: 'svc-qualys', domain: 'CORP' };
export const second: Account = { username: 'svc-qualys-2', domain: null };

export const appliance: Appliance = {
  name: 'appliance-01',
  addresses: ['10.20.30.40'],
  lan: null,
  site: null,
};

export const denied: Gap = {
  source: 'secret-server',
  cause: 'denied',
  detail: 'The reader may not read it; it lacks View Users.',
};
export const gap = { gap: denied };

const plain: Settings = {
  integration: 'corp',
  vaultUrl: 'https://vault.corp.example/SecretServer',
  scannerUrl: 'https://vault.corp.example/SecretServer',
  reader: { username: 'svc-vaultcheck', domain: 'CORP' },
  timeZone: null,
  eventsTimeZone: null,
  senders: [],
  domains: { CORP: ['corp.example'] },
  scanAccounts: [qualys],
  scanGroup: null,
  folder: null,
  folderAdmins: null,
  secrets: ['scanadmin'],
  appliances: [appliance],
  qualys: null,
  directory: null,
  expectEvents: 'either',
  listening: false,
  accept: [],
  scanEveryMs: 7 * dayMs,
};

export function context(settings: Partial<Settings> = {}): Context {
  return { settings: { ...plain, ...settings }, secret: 'scanadmin', at };
}

/** Evidence by key; `{ gap }` where it is missing. Every piece was read at `at`. */
export type Given = { [K in EvidenceKey]?: Evidence[K] | { gap: Gap } };

export function bookOf(given: Given): Book {
  const entries = Object.entries(given).map(([key, value]) => [
    key,
    isGap(value) ? value : { value, source: 'secret-server', at },
  ]);
  return Object.fromEntries(entries);
}

function isGap(value: unknown): value is { gap: Gap } {
  return typeof value === 'object' && value !== null && 'gap' in value && Object.keys(value).length === 1;
}

/** The row of one check, as a report shows it. */
export function judged(check: Check, given: Given, settings: Partial<Settings> = {}): ReportedCheck {
  const [row] = judgeAll(bookOf(given), context(settings), [check]).checks;
  if (!row) throw new Error('judgeAll left the check out');
  return row;
}

/** All that a person reads in a row, in one string: for `toContain`. */
export function words(row: ReportedCheck): string {
  const gaps = row.gaps.map((one) => one.detail);
  return [row.finding, row.because, ...row.evidence.map((one) => one.fact), ...gaps]
    .filter(Boolean)
    .join('\n');
}

/** One line of a rule's table: what is known, the verdict, and words that must be said with it. */
export type Case = [
  name: string,
  given: Given,
  verdict: VerdictWord,
  says: string,
  settings?: Partial<Settings>,
];

/** Holds a rule against its table. */
export function itJudges(check: Check, cases: readonly Case[]): void {
  it.each(cases)('%s', (...row) => {
    const [, given, verdict, says, settings] = row;
    const answer = judged(check, given, settings);
    expect({ verdict: answer.verdict, said: words(answer) }).toEqual({
      verdict,
      said: expect.stringContaining(says),
    });
  });
}

/** One piece per account, in the order given: `perAccount([qualys, value], [second, gap])`. */
export function perAccount<A extends readonly (readonly [Account, unknown])[]>(
  ...all: A
): PerAccount<Known<A[number][1]>>[number][] {
  return all.map(([account, value]) => ({ account, told: asTold<A[number][1]>(value) }));
}

type Known<T> = Exclude<T, { gap: Gap }>;

function asTold<T>(value: T): Told<Known<T>> {
  return isGap(value) ? value : { known: value as Known<T> };
}

export function user(fields: Partial<VaultUser> = {}): VaultUser {
  return {
    id: 7,
    username: 'svc-qualys',
    domain: 'CORP',
    displayName: 'Qualys scanner',
    enabled: true,
    lockedOut: false,
    lockOutReason: null,
    loginFailures: 0,
    lastLogin: at - dayMs,
    passwordLastChanged: null,
    expires: null,
    applicationAccount: true,
    twoFactorMethods: [],
    personalGroupId: 70,
    ...fields,
  };
}

export function group(fields: Partial<VaultGroup> = {}): VaultGroup {
  return { id: 5, name: 'Qualys Scanners', domain: null, synchronised: false, enabled: true, ...fields };
}

export function loginRow(fields: Partial<UserAuditRow> = {}): UserAuditRow {
  return {
    at: at - dayMs,
    action: 'login',
    text: 'LOGIN',
    notes: '',
    address: '10.20.30.40',
    by: 'Qualys scanner',
    ...fields,
  };
}

export function secret(fields: Partial<SecretSummary> = {}): SecretSummary {
  return {
    id: 42,
    name: 'scanadmin',
    folderId: 3,
    folderPath: '\\Scan Credentials',
    template: 'Active Directory Account',
    active: true,
    checkOutEnabled: false,
    checkedOut: false,
    requiresApproval: false,
    requiresComment: false,
    doubleLock: false,
    hidePassword: false,
    hasLauncher: true,
    inheritsPermissions: true,
    heartbeat: 'Success',
    outOfSync: false,
    outOfSyncReason: '',
    createdAt: null,
    lastPasswordChangeAttempt: null,
    ...fields,
  };
}

export function access(fields: Partial<AccessEntry> = {}): AccessEntry {
  return {
    level: 'view',
    userId: 7,
    groupId: null,
    principal: 'CORP\\svc-qualys',
    inherited: true,
    ...fields,
  };
}

export function viewRow(fields: Partial<SecretAuditRow> = {}): SecretAuditRow {
  return {
    at: at - dayMs / 2,
    action: 'viewed',
    text: 'VIEW',
    notes: '',
    username: 'CORP\\svc-qualys',
    displayName: 'Qualys scanner',
    ...fields,
  };
}
