import { accountText } from './account-name.ts';
import { accountsFor, type EventFrom, integrationsOf, originOf, watchedSecret } from './attribution.ts';
import { type Instant, minuteMs } from './instant.ts';
import type { JournalEntry } from './journal-entry.ts';
import type { Happening, HappeningSeen } from './observation.ts';
import { accountLabel } from './scan-account.ts';
import type { Settings } from './settings.ts';
import { serviceSwitches, type VaultAction, type VaultEvent } from './vault-event.ts';

const reasonLength = 300;

/** What an event tells of scan accounts, of watched secrets, and of the services, in our words. */
const accountHappenings: { readonly [A in VaultAction]?: Happening } = {
  'account-locked': 'account-locked',
  'account-unlocked': 'account-unlocked',
  login: 'login',
  'login-failed': 'login-failed',
  'login-unknown-user': 'login-unknown-user',
  'password-changed': 'password-changed',
};

const secretHappenings: { readonly [A in VaultAction]?: { kind: Happening; details: string | null } } = {
  'secret-deleted': { kind: 'secret-changed', details: 'deleted' },
  'secret-renamed': { kind: 'secret-changed', details: 'renamed' },
  'secret-moved': { kind: 'secret-changed', details: 'moved' },
  'secret-permissions-changed': { kind: 'secret-changed', details: 'other permissions' },
  'heartbeat-failed': { kind: 'heartbeat-failed', details: null },
  'heartbeat-succeeded': { kind: 'heartbeat-succeeded', details: null },
};

/** Settings of a secret that a scan hangs on; other edits open nothing. */
const watchedSettings = /double ?lock|approv|check ?out|permission|active/i;

/** As far as a clock may be ahead of ours. */
const aheadMs = 10 * minuteMs;

/** Nothing happens after it was told: a time in the future (a wrong zone, a forged line) would never be over. */
function isFromFuture({ at }: VaultEvent, { receivedAt }: EventFrom): boolean {
  return at > receivedAt + aheadMs;
}

function happenedAt(event: VaultEvent, from: EventFrom): Instant {
  return isFromFuture(event, from) ? from.receivedAt : event.at;
}

/**
 * What an event means, for each integration that it belongs to. Most events mean nothing: the answer is empty then.
 * `from.receivedAt` is our clock.
 */
export function eventObservations(
  event: VaultEvent,
  from: EventFrom,
  all: readonly Settings[],
): HappeningSeen[] {
  return integrationsOf(event, from, all).flatMap((settings) => observationsFor(event, from, settings));
}

function observationsFor(event: VaultEvent, from: EventFrom, settings: Settings): HappeningSeen[] {
  const base = {
    integration: settings.integration,
    account: null,
    secret: null,
    at: happenedAt(event, from),
    seenAt: from.receivedAt,
    source: 'syslog',
    via: from.via,
    address: event.address,
    ...originOf(event.address, settings),
    reason: event.reason?.trim().slice(0, reasonLength) || null,
    details: null,
    ...(event.timeSource === 'event' && !isFromFuture(event, from) ? {} : { isTimeOfSending: true as const }),
  } as const;
  const ofAccount = accountHappenings[event.action];
  if (ofAccount) {
    const details = ofAccount === 'login-unknown-user' && event.account ? accountText(event.account) : null;
    return accountsFor(event, settings).map((account) => ({
      ...base,
      kind: ofAccount,
      account: accountLabel(account),
      details,
    }));
  }
  const secret = watchedSecret(event, settings);
  const ofSecret = secret === null ? undefined : secretHappening(event);
  if (ofSecret) return [{ ...base, ...ofSecret, secret }];
  return serviceSwitches(event).map(({ service, on }) => ({
    ...base,
    kind: on ? 'service-on' : 'service-off',
    details: service,
  }));
}

function secretHappening({ action, changes }: VaultEvent) {
  if (action !== 'secret-edited') return secretHappenings[action];
  const changed = changes.filter(({ setting, to }) => watchedSettings.test(setting) && !isFreer(setting, to));
  if (changed.length === 0) return undefined;
  const details = changed
    .map(({ setting, to }) => `${setting}: ${to}`)
    .join(', ')
    .slice(0, reasonLength);
  return { kind: 'secret-changed', details } as const;
}

/** A lock, an approval or a check-out that was taken off, and a secret that is active again, stand in no scan's way. */
function isFreer(setting: string, to: string): boolean {
  if (/permission/i.test(setting)) return false;
  const on = /^(true|yes|on|enabled|1)$/i.test(to.trim());
  return /active/i.test(setting)
    ? on !== /inactive/i.test(setting)
    : /^(false|no|off|disabled|0)$/i.test(to.trim());
}

/** What the journal keeps of an event, for each integration that it belongs to, whatever it means. */
export function journalEntries(event: VaultEvent, from: EventFrom, all: readonly Settings[]): JournalEntry[] {
  return integrationsOf(event, from, all).map(({ integration }) => ({
    integration,
    at: happenedAt(event, from),
    seenAt: from.receivedAt,
    via: from.via,
    action: event.action,
    event: `${event.id} ${event.name}`.slice(0, 100),
    account: event.account && accountText(event.account).slice(0, 200),
    secret: event.secret?.name.slice(0, 200) ?? null,
    address: event.address,
    reason: event.reason?.slice(0, reasonLength) ?? null,
  }));
}
