import { accountName, parseAccountName, sameAccount } from '../../domain/account-name.ts';
import { defineCheck } from '../../domain/check.ts';
import { worstOf } from '../../domain/each-account.ts';
import type { ScanUsers } from '../../domain/evidence/account.ts';
import type { CheckOutState, SecretSummary } from '../../domain/evidence/secret.ts';
import type { Gap } from '../../domain/gap.ts';
import { minuteMs, plural, span } from '../../domain/instant.ts';
import { accountLabel } from '../../domain/scan-account.ts';
import { type EndedScan, finishedScansWith } from '../../domain/scan-use.ts';
import type { Settings } from '../../domain/settings.ts';
import { gapsOf, ifKnown, type Told } from '../../domain/told.ts';
import { fact, fail, type Judgement, pass, unknown, warn } from '../../domain/verdict.ts';

type Key = 'secret' | 'checkOutState' | 'scans';
type Answer = Judgement<Key>;

export const secretCheckout = defineCheck({
  id: 'secret-checkout',
  section: 'secret',
  title: 'Check-out lets the scan in',
  why: 'A secret with check-out belongs to one account at a time: while another one has it, the appliance gets nothing.',
  remedy: 'Check the secret in (Secret > Check In), or wait until the check-out ends.',
  blocking: true,
  needs: ['secret'],
  wants: ['checkOutState', 'scanUsers', 'scans', 'authenticationRecords', 'vaultRecords'],
  judge({ secret, checkOutState, scanUsers, ...sources }, { settings }) {
    const off = pass(fact('secret' as const, `“${secret.name}” needs no check-out`));
    if (!secret.checkOutEnabled) return off;
    if ('gap' in checkOutState) return worstOf([unknown([checkOutState.gap]), ...sharing(settings)]);
    const state = checkOutState.known;
    if (state === null) return off;
    const scans = finishedScansWith(secret.name, sources, settings);
    return worstOf([
      holder(state, scanUsers, settings),
      ...contradicted(state, secret),
      ...pending(state),
      ...sharing(settings),
      ...tooShort(state, scans),
    ]);
  },
});

function holder(state: CheckOutState, users: Told<ScanUsers>, settings: Settings): Answer {
  if (!state.checkedOut) return pass(fact('checkOutState', `Free: ${automatic(state)}`));
  const mine = isScanAccount(state, users, settings);
  const who = state.by ?? (state.byUserId === null ? 'somebody' : `user ${state.byUserId}`);
  const left = state.minutesLeft === null ? '' : `, ${plural(state.minutesLeft, 'minute')} left`;
  const seen = fact('checkOutState', `Checked out by ${who}${left}`);
  if (mine === true)
    return pass(fact('checkOutState', `Checked out by the scan account ${who}: ${automatic(state)}`));
  if (mine === false)
    return fail(`It is checked out by ${who}${left}: the scan gets nothing until it is checked in.`, [seen]);
  const [gap = holderUnknown, ...more] =
    'gap' in users ? [users.gap] : gapsOf(users.known.map((one) => one.told));
  return unknown([gap, ...more], [seen]);
}

/** The search says that somebody has it, and the state, read beside it, names nobody: then it is not known to be free. */
function contradicted({ checkedOut }: CheckOutState, secret: Pick<SecretSummary, 'checkedOut'>): Answer[] {
  return secret.checkedOut && !checkedOut ? [unknown([holderUnknown])] : [];
}

/** Undefined when it cannot be told: no holder is named, or a scan account that could not be read may be the one. */
function isScanAccount(
  state: CheckOutState,
  users: Told<ScanUsers>,
  settings: Settings,
): boolean | undefined {
  const { byUserId, by } = state;
  const known = ifKnown(users) ?? [];
  const found = known.flatMap(({ told }) => ifKnown(told) ?? []);
  if (byUserId !== null && found.some((one) => one.id === byUserId)) return true;
  const isComplete = 'known' in users && known.every(({ told }) => 'known' in told);
  // Its id goes before its name: that is a display name, which anybody may bear.
  if (byUserId !== null && isComplete) return false;
  const names = settings.scanAccounts.map(accountName);
  const written = by === null ? undefined : parseAccountName(by);
  return written && names.some((one) => sameAccount(one, written, settings.domains)) ? true : undefined;
}

function automatic({ changesPassword, intervalMinutes }: CheckOutState): string {
  const interval = intervalMinutes === null ? '' : ` for ${plural(intervalMinutes, 'minute')}`;
  const words = {
    true: 'its password changes',
    false: 'its password stays the same',
    null: 'whether its password changes is not told',
  };
  return `the appliance checks it out automatically${interval}; ${words[`${changesPassword}`]} after check-in`;
}

function pending({ passwordChangePending }: CheckOutState): Answer[] {
  if (!passwordChangePending) return [];
  const text = 'A password change is pending';
  const remedy =
    'Wait until the password change has run, or see why it does not (Remote Password Changing tab).';
  return [
    warn(`${text}: until it is done nobody can check the secret out.`, [fact('checkOutState', text)], remedy),
  ];
}

function sharing({ scanAccounts }: Settings): Answer[] {
  if (scanAccounts.length < 2) return [];
  const names = scanAccounts.map(accountLabel).join(', ');
  const text = `Check-out is on, and several scan accounts share it: ${names}`;
  const remedy =
    'Give each scan account a secret of its own, or turn check-out off on this one (Security tab).';
  return [warn(`${text}. They exclude each other.`, [fact('secret', text)], remedy)];
}

function tooShort({ intervalMinutes }: CheckOutState, scans: readonly EndedScan[]): Answer[] {
  const [longest] = scans.toSorted((a, b) => b.durationMs - a.durationMs);
  if (intervalMinutes === null || !longest || longest.durationMs <= intervalMinutes * minuteMs) return [];
  const interval = plural(intervalMinutes, 'minute');
  const took = `“${longest.title}” took ${span(longest.durationMs)}`;
  const remedy =
    'Set the check-out interval (Security tab of the secret) above the length of the longest scan.';
  return [
    warn(
      `The check-out lasts ${interval}, but the scan ${took}: its password may change while hosts are still scanned.`,
      [fact('scans', `Of the scans of its hosts, ${took}; scans by group or tag are not counted`)],
      remedy,
    ),
  ];
}

const holderUnknown: Gap = {
  source: 'secret-server',
  cause: 'absent',
  detail: 'Secret Server does not tell who has the secret checked out.',
};
