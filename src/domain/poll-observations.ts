import { originOf } from './attribution.ts';
import type { UserAction, UserAuditRow, VaultUser } from './evidence/account.ts';
import { isSettled } from './incident-rules.ts';
import { type Instant, moment } from './instant.ts';
import type { AccountState, Happening, HappeningSeen, Observation, Sighting } from './observation.ts';
import { observationText } from './observation-words.ts';
import { accountLabel } from './scan-account.ts';
import type { Account, Settings } from './settings.ts';

/** What one poll read of one scan account. */
export type Polled = {
  settings: Settings;
  account: Account;
  user: Pick<VaultUser, 'lockedOut' | 'passwordLastChanged'>;
  /** All rows of the window, in any order. */
  rows: readonly UserAuditRow[];
  /** Rows from then on are new (with the overlap: a row that is handed over again is known again). */
  since: Instant;
  /** When the directory's password was set, where that is known, and from when on that is new. */
  directory: { passwordSetAt: Instant | null; since: Instant };
  /** When Qualys' vault record was last edited; null when that is not known. */
  recordEditedAt: Instant | null;
  beganAt: Instant;
  seenAt: Instant;
};

const happenings: { readonly [A in UserAction]: Happening | null } = {
  login: 'login',
  'login-failure': 'login-failed',
  logout: null,
  locked: 'account-locked',
  unlocked: 'account-unlocked',
  'password-changed': 'password-changed',
  changed: null,
  other: null,
};

const sightingsKept = 20;

/** The happenings of the new rows, oldest first, and then how the account stands. */
export function pollObservations(polled: Polled): { happened: HappeningSeen[]; state: AccountState } {
  const { rows, since } = polled;
  const state = stateOf(polled);
  const fresh = rows.filter((row) => row.at >= since).sort((a, b) => a.at - b.at);
  const happened = counted([
    ...fresh.flatMap((row) => happeningOf(row, polled) ?? []),
    ...inDirectory(polled),
  ]);
  return { happened: happened.filter((one) => !isOverTaken(one, state)), state };
}

/** Rows of the same moment and place are several, and are told apart by their number: a trail tells each once. */
function counted(happened: readonly HappeningSeen[]): HappeningSeen[] {
  const before = new Map<string, number>();
  return happened.map((one) => {
    const same = JSON.stringify([one.kind, one.at, one.address]);
    const nth = before.get(same) ?? 0;
    before.set(same, nth + 1);
    return nth === 0 ? one : { ...one, nth };
  });
}

/** A change that Secret Server may know nothing of. */
function inDirectory({ settings, account, directory, seenAt }: Polled): HappeningSeen[] {
  const { passwordSetAt: at, since } = directory;
  if (at === null || at < since) return [];
  return [
    {
      kind: 'password-changed',
      integration: settings.integration,
      account: accountLabel(account),
      secret: null,
      at,
      seenAt,
      source: 'poll',
      via: 'poll',
      address: null,
      origin: 'unknown',
      appliance: null,
      reason: null,
      details: 'in the directory',
    },
  ];
}

function happeningOf(row: UserAuditRow, { settings, account, seenAt }: Polled): HappeningSeen | null {
  const kind = happenings[row.action];
  if (kind === null) return null;
  return {
    kind,
    integration: settings.integration,
    account: accountLabel(account),
    secret: null,
    at: row.at,
    seenAt,
    source: 'poll',
    via: 'poll',
    address: row.address,
    ...originOf(row.address, settings),
    reason: row.notes.trim().slice(0, 300) || null,
    details: null,
  };
}

function stateOf(polled: Polled): AccountState {
  const { settings, account, user, rows, directory, recordEditedAt, beganAt, seenAt } = polled;
  return {
    kind: 'account-state',
    integration: settings.integration,
    account: accountLabel(account),
    secret: null,
    at: beganAt,
    seenAt,
    source: 'poll',
    via: 'poll',
    beganAt,
    locked: user.lockedOut,
    logins: latestOfEach(rows, 'login', settings),
    failures: latestOfEach(rows, 'login-failure', settings),
    passwordChangedAt: latest([user.passwordLastChanged, directory.passwordSetAt]),
    recordEditedAt,
  };
}

function latest(times: readonly (Instant | null)[]): Instant | null {
  const known = times.filter((at) => at !== null);
  return known.length > 0 ? Math.max(...known) : null;
}

function latestOfEach(rows: readonly UserAuditRow[], action: UserAction, settings: Settings): Sighting[] {
  const latest = new Map<string | null, Sighting>();
  for (const { at, address } of rows.filter((row) => row.action === action)) {
    if (at > (latest.get(address)?.at ?? -Infinity))
      latest.set(address, { at, address, ...originOf(address, settings) });
  }
  return [...latest.values()].sort((a, b) => b.at - a.at).slice(0, sightingsKept);
}

/** A changed password that Qualys' record or the appliance has caught up with is no trouble any more. */
function isOverTaken({ kind, at }: HappeningSeen, { recordEditedAt, logins }: AccountState): boolean {
  if (kind !== 'password-changed') return false;
  return (recordEditedAt ?? 0) > at || logins.some((one) => one.origin !== 'elsewhere' && one.at > at);
}

/**
 * What a first poll, which looks back a day, tells: what is over by the state of now goes into one summary (empty when
 * nothing is), what may still hold is observed. `over` is to be known when it is read again.
 */
export function foldFirstPoll(
  happened: readonly HappeningSeen[],
  state: AccountState,
): { observations: Observation[]; over: HappeningSeen[]; summary: string[] } {
  const over = happened.filter((one) => isOver(one, state));
  const told = over.filter(({ kind }) => kind !== 'login');
  return {
    observations: [...happened.filter((one) => !over.includes(one)), state],
    over,
    summary: told.map((one) => `${one.account}: ${observationText(one)} (${moment(one.at)})`),
  };
}

/** By the rules of what clears an incident. A login from elsewhere is never over by itself. */
function isOver(seen: HappeningSeen, state: AccountState): boolean {
  const { kind, origin } = seen;
  if (kind === 'account-locked' || kind === 'account-unlocked') return !state.locked;
  if (kind === 'login-failed') return !state.locked && isSettled(seen, state);
  return kind === 'login' && origin !== 'elsewhere';
}
