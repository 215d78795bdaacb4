import { qualysAuthRecord } from '../../../src/checks/qualys/qualys-auth-record.ts';
import type { AuthenticationRecord } from '../../../src/domain/evidence/qualys.ts';
import { type Case, type Given, itJudges } from '../../given.ts';
import { blind, record, records, vaultRecords, withQualys } from './given.ts';

const of = (fields: Partial<AuthenticationRecord> = {}, more: Given = {}): Given => ({
  authenticationRecords: records([record(fields)]),
  vaultRecords: vaultRecords({}),
  ...more,
});
const accounts = (scanadmin: string) =>
  withQualys({ directory: { url: 'ldaps://dc', baseDn: 'dc=corp', accounts: { scanadmin } } });

const lines: Case[] = [
  [
    'a fitting record',
    of(),
    'pass',
    'The windows record “Windows hosts” fetches “scanadmin” from the vault “Corp” as scanadmin',
  ],
  ['a vault known by its title', of({ vaultId: null }), 'pass', 'fetches'],
  [
    'no record names it',
    of({ secretName: 'other' }),
    'fail',
    'No authentication record of Qualys names “scanadmin” (types read: windows, unix).',
  ],
  [
    'no record names it, and a type is unread',
    { ...of(), authenticationRecords: records([record({ secretName: 'other' })], blind) },
    'unknown',
    blind.detail,
  ],
  [
    'a type is unread beside a fitting record',
    { ...of(), authenticationRecords: records([record()], blind) },
    'pass',
    'fetches',
  ],
  [
    'another vault',
    of({ vaultId: 9, vaultTitle: 'Lab' }),
    'fail',
    'fetches the secret from the vault “Lab”, which is not “Corp”.',
  ],
  [
    'another vault beside the right one',
    {
      ...of(),
      authenticationRecords: records([record(), record({ id: 4001, vaultId: 9, vaultTitle: 'Lab' })]),
    },
    'pass',
    'fetches',
  ],
  [
    'a name in other letters',
    of({ secretName: 'ScanAdmin' }),
    'warn',
    'names “ScanAdmin”, which differs from “scanadmin” in case',
  ],
  ['the vault records unread', of({}, { vaultRecords: { gap: blind } }), 'unknown', blind.detail],
  [
    'no vault record points here',
    of({}, { vaultRecords: vaultRecords({ url: 'https://x.example' }) }),
    'unknown',
    'cannot be compared',
  ],
  [
    'a vault that is not told',
    of({ vaultId: null, vaultTitle: null }),
    'unknown',
    'Qualys does not tell from which vault “Windows hosts” takes its password.',
  ],
  [
    'a vault whose own record is unread, beside one that points here',
    of({ vaultId: 2 }, { vaultRecords: vaultRecords({}, { unread: blind }) }),
    'unknown',
    blind.detail,
  ],
  [
    'a secret that is not told',
    of({ secretName: null }),
    'unknown',
    'Qualys does not tell which secret “Windows hosts” fetches.',
  ],
  [
    'a record of another vault that names no secret',
    of({ secretName: null, vaultId: 9, vaultTitle: 'CyberArk' }),
    'fail',
    'No authentication record of Qualys names “scanadmin”',
  ],
  ['the records unread', of({}, { authenticationRecords: { gap: blind } }), 'unknown', blind.detail],
  ['nothing configured about its account', of({ username: 'other' }), 'pass', 'as other'],
];

itJudges(qualysAuthRecord, [
  ...lines.map(([name, given, verdict, says]): Case => [name, given, verdict, says, withQualys()]),
  ['its account', of(), 'pass', 'fetches', accounts('scanadmin')],
  ['its account in other letters', of({ username: 'ScanAdmin' }), 'pass', 'fetches', accounts('scanadmin')],
  ['its account by its principal name', of(), 'pass', 'fetches', accounts('scanadmin@corp.example')],
  [
    'another account',
    of({ username: 'scanold' }),
    'fail',
    'logs in as CORP\\scanold, but the secret holds the password of scanadmin.',
    accounts('scanadmin'),
  ],
  [
    'the account of another domain',
    of({ domain: 'LAB' }),
    'fail',
    'logs in as LAB\\scanadmin',
    accounts('scanadmin@corp.example'),
  ],
  [
    'a user name that is not told',
    of({ username: null }),
    'unknown',
    'The windows record “Windows hosts” logs in as somebody whom Qualys does not tell.',
    accounts('scanadmin'),
  ],
  [
    'another account, which is provable while the vault records are unread',
    of({ username: 'scanold' }, { vaultRecords: { gap: blind } }),
    'fail',
    'scanold',
    accounts('scanadmin'),
  ],
  ['no Qualys', of(), 'skipped', 'No Qualys is configured.'],
]);
