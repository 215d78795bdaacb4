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

/** One scan account as a poll found it. `cut`: the trail has more rows since the start than are read. */
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
  startOf: (account: Account) => Instant,
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

async function readAccounts(door: BatchDoor, startOf: (account: Account) => Instant) {
  const users = await toldOf(door.ask('scanUsers'));
  return Promise.all(
    door.settings.scanAccounts.map(async (account) => ({
      account,
      told: await toldOf(
        (async () => {
          const found = orThrow(users).find((one) => one.account === account);
          const user = found ? orThrow(found.told) : null;
          return user && readTrail(door, user, { account, start: startOf(account) });
        })(),
      ),
    })),
  );
}

/** Of a trail that was cut the newest rows are there: they say how the account stands, and are better than none. */
async function readTrail(
  { ask, vault }: BatchDoor,
  user: VaultUser,
  { account, start }: { account: Account; start: Instant },
): Promise<AccountRead> {
  const window = { clock: await ask('vaultClock'), start };
  const trail = await vault.auditOfUser(user.id, rangeOf(window));
  const rows = rowsWithin({ ...trail, cut: false }, window, accountText(accountName(account)));
  return { user, rows, cut: trail.cut };
}

/** With web services off nobody can log in to read the setting; then the SOAP address, which asks no login, says so. */
async function webServicesOn(door: BatchDoor): Promise<Told<boolean>> {
  const setting = await toldOf(door.ask('webServicesSetting'));
  if ('known' in setting) return setting;
  const soap = await toldOf(door.vault.soapDescription());
  return 'known' in soap && soap.known.state === 'refused' ? { known: false } : setting;
}
