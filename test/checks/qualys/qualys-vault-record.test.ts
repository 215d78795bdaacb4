import { qualysVaultRecord } from '../../../src/checks/qualys/qualys-vault-record.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { type Case, itJudges, qualys, second } from '../../given.ts';
import { blind, vaultRecords, withQualys } from './given.ts';

type Line = [
  name: string,
  all: Parameters<typeof vaultRecords>,
  verdict: Case[2],
  says: string,
  settings?: Partial<Settings>,
];

const lines: Line[] = [
  [
    'a fitting record',
    [{}],
    'pass',
    '“Corp” points at https://vault.corp.example/SecretServer as CORP\\svc-qualys, last edited at 2026-10-25T02:00Z',
  ],
  [
    'the domain in the user name',
    [{ username: 'CORP\\svc-qualys', domain: null }],
    'pass',
    'CORP\\svc-qualys',
  ],
  ['another spelling of the domain', [{ domain: 'corp.example' }], 'pass', 'points at'],
  [
    'a local account',
    [{ username: 'svc-qualys-2', domain: null }],
    'pass',
    'svc-qualys-2',
    { scanAccounts: [second] },
  ],
  ...[
    'HTTPS://VAULT.corp.example:443/SecretServer/',
    'https://vault.corp.example/secretserver/webservices/SSWebService.asmx',
    'https://vault.corp.example/SecretServer/sswebservices/rest',
    'vault.corp.example/SecretServer',
  ].map((url): Line => [`the URL written ${url}`, [{ url }], 'pass', 'points at']),
  ['an unread record beside a fitting one', [{}, { unread: blind }], 'pass', 'points at'],
  [
    'no record at all',
    [],
    'fail',
    'No vault record of Qualys points at https://vault.corp.example/SecretServer.',
  ],
  [
    'a record of another server',
    [{ url: 'https://old.corp.example/SecretServer' }],
    'fail',
    'there is “Corp” at https://old.corp.example/SecretServer',
  ],
  ['another path', [{ url: 'https://vault.corp.example/Other' }], 'fail', 'No vault record'],
  ['another port', [{ url: 'https://vault.corp.example:8443/SecretServer' }], 'fail', 'No vault record'],
  [
    'no record of the configured titles',
    [],
    'fail',
    'titled “Corp Secret Server”',
    withQualys({
      qualys: {
        url: 'https://q.example',
        username: 'u',
        vaults: ['Corp Secret Server'],
        recordTypes: ['windows'],
        failedAuthenticationQids: [],
      },
    }),
  ],
  [
    'another account',
    [{ username: 'svc-old' }],
    'fail',
    'No vault record of this Secret Server carries CORP\\svc-qualys: “Corp” logs in as CORP\\svc-old.',
  ],
  ['a directory account without any domain', [{ domain: null }], 'fail', '“Corp” logs in as svc-qualys'],
  [
    'a local account with a domain',
    [{}],
    'fail',
    'CORP\\svc-qualys',
    { scanAccounts: [{ ...qualys, domain: null }] },
  ],
  [
    'a record in clear',
    [{ url: 'http://vault.corp.example/SecretServer' }],
    'warn',
    'uses http://vault.corp.example/SecretServer: the appliance sends its password there without encryption',
  ],
  [
    'two records with one account',
    [{ title: 'A' }, { title: 'B' }],
    'warn',
    '“A” and “B” carry the same scan account CORP\\svc-qualys',
  ],
  [
    'a scan account in no record',
    [{}],
    'warn',
    'The scan account svc-qualys-2 stands in no vault record',
    { scanAccounts: [qualys, second] },
  ],
  [
    'a scan account that may stand in an unread record',
    [{}, { unread: blind }],
    'unknown',
    blind.detail,
    { scanAccounts: [qualys, second] },
  ],
  ['the only record unread', [{ unread: blind }], 'unknown', blind.detail],
  ['another account, and one unread', [{ username: 'svc-old' }, { unread: blind }], 'unknown', blind.detail],
];

itJudges(qualysVaultRecord, [
  ...lines.map(
    ([name, all, verdict, says, settings]): Case => [
      name,
      { vaultRecords: vaultRecords(...all) },
      verdict,
      says,
      { ...withQualys(), ...settings },
    ],
  ),
  ['the list unread', { vaultRecords: { gap: blind } }, 'unknown', blind.detail, withQualys()],
  ['no Qualys', { vaultRecords: null }, 'skipped', 'No Qualys is configured.'],
]);
