import { accountName, accountText } from '../../domain/account-name.ts';
import { defineCheck } from '../../domain/check.ts';
import { worstOf } from '../../domain/each-account.ts';
import type { VaultRecords } from '../../domain/evidence/qualys.ts';
import { moment } from '../../domain/instant.ts';
import { accountLabel } from '../../domain/scan-account.ts';
import {
  type ReadRecord,
  readRecords,
  recordsAs,
  recordsHere,
  unreadRecords,
} from '../../domain/scanner-records.ts';
import type { Account, Settings } from '../../domain/settings.ts';
import { fact, fail, type Judgement, pass, unknown, warn } from '../../domain/verdict.ts';
import { withoutQualys } from '../../domain/without-qualys.ts';

type Answer = Judgement<'vaultRecords'>;
type Carried = { account: Account; records: readonly ReadRecord[] };

export const qualysVaultRecord = defineCheck({
  id: 'qualys-vault-record',
  section: 'qualys',
  title: 'A vault record points at this Secret Server as a scan account',
  why: 'The appliance fetches passwords from where the vault record points, as whom it names: anything else is another vault or a refused login.',
  remedy: 'Set URL, user name and domain of the vault record in Qualys (Scans > Authentication > Vaults).',
  blocking: true,
  needs: ['vaultRecords'],
  exempt: withoutQualys,
  judge({ vaultRecords }, { settings }) {
    const here = recordsHere(vaultRecords, settings);
    const carried = settings.scanAccounts.map((account) => ({
      account,
      records: recordsAs(account, here, settings),
    }));
    const fitting = carried.flatMap((one) => one.records);
    const [gap, ...gaps] = unreadRecords(vaultRecords);
    if (fitting.length === 0 && gap) return unknown([gap, ...gaps], here.map(seen));
    if (here.length === 0) return nowhere(vaultRecords, settings);
    if (fitting.length === 0) return nobody(here, settings);
    const [first, ...rest] = fitting.map(seen);
    return worstOf([
      ...(first ? [pass(first, ...rest)] : []),
      ...here.flatMap(inClear),
      ...carried.flatMap(doubled),
      ...carried.flatMap((one) => (gap ? missing(one, unknown([gap, ...gaps])) : missing(one))),
    ]);
  },
});

function seen({ record, login }: ReadRecord) {
  const edited = record.lastModified === null ? '' : `, last edited at ${moment(record.lastModified)}`;
  return fact('vaultRecords', `“${record.title}” points at ${login.url} as ${loginText(login)}${edited}`);
}

function loginText(login: ReadRecord['login']): string {
  return accountText(accountName(login));
}

function nowhere(records: VaultRecords, settings: Settings): Answer {
  const titles = settings.qualys?.vaults ?? [];
  const which = titles.length > 0 ? ` titled ${titles.map((one) => `“${one}”`).join(' or ')}` : '';
  const others = readRecords(records);
  const elsewhere = others.map(({ record, login }) => `“${record.title}” at ${login.url}`).join(', ');
  const text = `No vault record of Qualys${which} points at ${settings.scannerUrl}`;
  return fail(`${text}${elsewhere ? `; there is ${elsewhere}` : ''}.`, others.map(seen));
}

function nobody(here: readonly ReadRecord[], { scanAccounts }: Settings): Answer {
  const records = here
    .map(({ record, login }) => `“${record.title}” logs in as ${loginText(login)}`)
    .join(', ');
  const names = scanAccounts.map(accountLabel).join(' or ');
  return fail(`No vault record of this Secret Server carries ${names}: ${records}.`, here.map(seen));
}

function inClear({ record, login }: ReadRecord): Answer[] {
  if (!/^http:/i.test(login.url.trim())) return [];
  const text = `“${record.title}” uses ${login.url}: the appliance sends its password there without encryption.`;
  return [
    warn(text, [], 'Set an https:// URL in the vault record in Qualys (Scans > Authentication > Vaults).'),
  ];
}

function doubled({ account, records }: Carried): Answer[] {
  if (records.length < 2) return [];
  const titles = records.map(({ record }) => `“${record.title}”`).join(' and ');
  const text = `${titles} carry the same scan account ${accountLabel(account)}: a new password must be set in each, and one left behind locks it.`;
  return [
    warn(text, [], 'Keep one vault record per scan account and point all authentication records at it.'),
  ];
}

/** A record that could not be read may be the one. */
function missing({ account, records }: Carried, unread?: Answer): Answer[] {
  if (records.length > 0) return [];
  const text = `The scan account ${accountLabel(account)} stands in no vault record of this Secret Server.`;
  const remedy = `Take ${accountLabel(account)} out of scanAccounts, or set it in a vault record in Qualys.`;
  return [unread ?? warn(text, [], remedy)];
}
