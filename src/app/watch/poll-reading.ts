import { accountName, accountText } from '../../domain/account-name.ts';
import type { UserAuditRow, VaultUser } from '../../domain/evidence/account.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Account } from '../../domain/settings.ts';
import type { Told } from '../../domain/told.ts';
import type { Integration } from '../integration.ts';
import { type Question, withDoor } from '../question.ts';
import type { BatchDoor } from '../reading.ts';
import { rangeOf, rowsWithin } from '../readings/vault-times.ts';
import { orThrow, toldOf } from '../told.ts';

/** Where a trail is read from: from `start` as far as rows are read, and from `whole` on without a hole. */
export type TrailStart = { start: Instant; whole: Instant };

/** One scan account as a poll found it. `cut`: rows since `whole` are missing. */
export type AccountRead = { user: VaultUser; rows: UserAuditRow[]; cut: boolean };

export type PollRead = {
  /** The vendor's text when the reader's login was refused; null when it was not. */
  refused: string | null;
  /** `known: null`: there is no such user, which the checks tell. */
  accounts: { account: Account; told: Told<AccountRead | null> }[];
  webServices: Told<boolean>;
  forceHttps: Told<boolean>;
};

/** Reads what a poll looks at: users, their trails since `startOf`, and the services. Throws GapError at the deadline. */
export async function readForPoll(
  integration: Integration,
  question: Question,
  startOf: (account: Account) => TrailStart,
): Promise<PollRead> {
  return withDoor(integration, question, 'the scan accounts', async (door) => {
    const [login, accounts, webServices, forceHttps] = await Promise.all([
      toldOf(door.vault.signIn()),
      readAccounts(door, startOf),
      webServicesOn(door),
      toldOf(door.ask('httpsForced')),
    ]);
    const refused = 'known' in login && login.known.state === 'refused' ? (login.known.text ?? '') : null;
    return { refused, accounts, webServices, forceHttps };
  });
}

async function readAccounts(door: BatchDoor, startOf: (account: Account) => TrailStart) {
  const users = await toldOf(door.ask('scanUsers'));
  return Promise.all(
    door.settings.scanAccounts.map(async (account) => ({
      account,
      told: await toldOf(
        (async () => {
          const found = orThrow(users).find((one) => one.account === account);
          const user = found ? orThrow(found.told) : null;
          return user && readTrail(door, user, { account, ...startOf(account) });
        })(),
      ),
    })),
  );
}

/** Of a trail that was cut the newest rows are there: they say how the account stands, and are better than none. */
async function readTrail(
  { ask, vault }: BatchDoor,
  user: VaultUser,
  { account, start, whole }: { account: Account } & TrailStart,
): Promise<AccountRead> {
  const clock = await ask('vaultClock');
  const window = { clock, start };
  const range = { ...rangeOf(window), whole: rangeOf({ clock, start: whole }).since };
  const trail = await vault.auditOfUser(user.id, range);
  const rows = rowsWithin({ ...trail, cut: false }, window, accountText(accountName(account)));
  return { user, rows, cut: trail.cut && !rows.some(({ at }) => at < whole) };
}

/** With web services off nobody can log in to read the setting; then the SOAP address, which asks no login, says so. */
async function webServicesOn(door: BatchDoor): Promise<Told<boolean>> {
  const setting = await toldOf(door.ask('webServicesSetting'));
  if ('known' in setting) return setting;
  const soap = await toldOf(door.vault.soapDescription());
  return 'known' in soap && soap.known.state === 'refused' ? { known: false } : setting;
}
