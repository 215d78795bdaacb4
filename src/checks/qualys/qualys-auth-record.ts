import { accountName, accountText, parseAccountName, sameAccount } from '../../domain/account-name.ts';
import { defineCheck } from '../../domain/check.ts';
import { worstOf } from '../../domain/each-account.ts';
import type { AuthenticationRecord, VaultRecords } from '../../domain/evidence/qualys.ts';
import type { Gap } from '../../domain/gap.ts';
import {
  namelessRecords,
  recordsHere,
  recordsOfSecret,
  takesFrom,
  unreadTypes,
  unsureVault,
} from '../../domain/scanner-records.ts';
import type { Context, Settings } from '../../domain/settings.ts';
import { ifKnown, type Told } from '../../domain/told.ts';
import { fact, fail, type Judgement, pass, unknown, warn } from '../../domain/verdict.ts';
import { withoutQualys } from '../../domain/without-qualys.ts';

type Answer = Judgement<'authenticationRecords' | 'vaultRecords'>;

export const qualysAuthRecord = defineCheck({
  id: 'qualys-auth-record',
  section: 'qualys',
  title: 'An authentication record fetches this secret from that vault',
  why: 'The scan asks for the secret by the name that is typed in the record, and logs in with the user name that is typed there: Secret Server corrects neither.',
  remedy:
    'Set secret name, user name and vault of the record in Qualys (Scans > Authentication > the record > Login Credentials).',
  blocking: true,
  needs: ['authenticationRecords'],
  wants: ['vaultRecords'],
  exempt: withoutQualys,
  judge({ authenticationRecords, vaultRecords }, context) {
    const { settings, secret } = context;
    const vaults = ifKnown(vaultRecords) ?? null;
    const records = recordsOfSecret(authenticationRecords, secret, recordsHere(vaults, settings));
    const [gap, ...gaps] = [
      ...unreadTypes(authenticationRecords),
      ...namelessRecords(authenticationRecords, vaults, settings),
    ];
    if (records.length === 0) return gap ? unknown([gap, ...gaps]) : unnamed(context);
    return worstOf(records.flatMap((record) => clauses(record, vaultRecords, context)));
  },
});

function clauses(record: AuthenticationRecord, vaults: Told<VaultRecords>, context: Context): Answer[] {
  const { settings, secret } = context;
  const seen = fact(
    'authenticationRecords',
    `${title(record)} fetches “${record.secretName}” from ${vaultText(record)} as ${record.username ?? 'somebody who is not told'}`,
  );
  return [
    pass(seen),
    ...fromVault(record, vaults, settings),
    ...asAccount(record, context),
    ...(record.secretName === secret ? [] : [otherCase(record, secret)]),
  ];
}

function unnamed({ secret, settings }: Context): Answer {
  const types = settings.qualys?.recordTypes.join(', ') ?? '';
  return fail(`No authentication record of Qualys names “${secret}” (types read: ${types}).`, []);
}

function fromVault(record: AuthenticationRecord, vaults: Told<VaultRecords>, settings: Settings): Answer[] {
  if ('gap' in vaults) return [unknown([vaults.gap])];
  const here = recordsHere(vaults.known, settings);
  if (here.some((one) => takesFrom(record, one.record))) return [];
  if (here.length === 0) return [unknown([noVaultHere(settings)])];
  const unsure = unsureVault(record, vaults.known);
  if (unsure) return [unknown([unsure])];
  const titles = here.map((one) => `“${one.record.title}”`).join(' or ');
  const text = `${title(record)} fetches the secret from ${vaultText(record)}, which is not ${titles}.`;
  return [fail(text, [])];
}

/** Whether it is the right vault cannot be said: qualys-vault-record tells why. */
function noVaultHere({ scannerUrl }: Settings): Gap {
  const detail = `No vault record is known that points at ${scannerUrl}, so the record's vault cannot be compared.`;
  return { source: 'qualys', cause: 'absent', detail };
}

function asAccount(record: AuthenticationRecord, { settings, secret }: Context): Answer[] {
  const configured = settings.directory?.accounts[secret];
  if (configured === undefined) return [];
  if (record.username === null) return [unknown([untoldUser(record)])];
  const wanted = parseAccountName(configured);
  const typed = accountName({ username: record.username, domain: record.domain });
  const isSame =
    wanted.domain === null || typed.domain === null
      ? sameAccount({ ...wanted, domain: null }, { ...typed, domain: null })
      : sameAccount(wanted, typed, settings.domains);
  if (isSame) return [];
  const text = `${title(record)} logs in as ${accountText(typed)}, but the secret holds the password of ${configured}.`;
  return [fail(text, [])];
}

function untoldUser(record: AuthenticationRecord): Gap {
  const detail = `${title(record)} logs in as somebody whom Qualys does not tell.`;
  return { source: 'qualys', cause: 'absent', detail };
}

function otherCase(record: AuthenticationRecord, secret: string): Answer {
  const text = `${title(record)} names “${record.secretName}”, which differs from “${secret}” in case.`;
  return warn(text, [], 'Type the secret name in the record exactly as Secret Server shows it.');
}

function vaultText({ vaultTitle, vaultId }: AuthenticationRecord): string {
  if (vaultTitle !== null) return `the vault “${vaultTitle}”`;
  return vaultId === null ? 'a vault that is not told' : `the vault with the id ${vaultId}`;
}

function title(record: AuthenticationRecord): string {
  return `The ${record.type} record “${record.title}”`;
}
