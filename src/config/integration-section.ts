import { z } from 'zod';
import {
  AddressRangeText,
  ChannelId,
  Duration,
  SecretSource,
  ServiceUrl,
  SingleAddress,
  siteNamePattern,
  Text,
  TimeZone,
} from './values.ts';

const Tls = z.strictObject({
  caFile: Text.describe('PEM file of your own authority, relative to this file.'),
});

const Insecure = z
  .boolean()
  .describe('Allows an unencrypted connection to another host: passwords then travel in clear text.')
  .default(false);

const AccountSection = z.strictObject({
  username: Text,
  domain: Text.describe('Absent for an account that is local to Secret Server.').optional(),
});

const SecretServerSection = z.strictObject({
  url: ServiceUrl.describe(
    'The URL of Secret Server, with its path: https://vault.corp.example/SecretServer',
  ),
  scannerUrl: ServiceUrl.describe('The URL that Qualys uses, where it differs.').optional(),
  reader: z
    .strictObject({ ...AccountSection.shape, password: SecretSource })
    .describe("Vaultcheck's own account in Secret Server. Never one of the scan accounts."),
  tls: Tls.optional(),
  insecure: Insecure,
  proxy: z.boolean().describe('Whether HTTPS_PROXY is used for Secret Server.').default(false),
  timeZone: TimeZone.describe('For timestamps without an offset. Default: found out in each run.').optional(),
  eventsTimeZone: TimeZone.describe(
    'Of its syslog events. Default: as its setting says, else UTC.',
  ).optional(),
  senders: z.array(Text).describe("Hosts whose events are this Secret Server's.").default([]),
});

const ApplianceSection = z.strictObject({
  name: Text,
  addresses: z
    .array(AddressRangeText)
    .describe('Addresses, ranges or blocks that Secret Server sees this appliance at, after NAT.')
    .default([]),
  lan: SingleAddress.describe('The LAN address that Qualys shows for it.').optional(),
  site: z
    .string()
    .regex(siteNamePattern, 'must be a name of letters, digits, - and _ that a probe can serve')
    .describe('Its network, served by `vaultcheck probe --site NAME`.')
    .optional(),
});

const QualysSection = z.strictObject({
  url: ServiceUrl.describe('The API server of your Qualys platform: https://qualysapi.qg2.apps.qualys.com'),
  username: Text,
  password: SecretSource,
  tls: Tls.optional(),
  insecure: Insecure,
  vaults: z.array(Text).describe('Titles of the vault records that count. Absent: all.').default([]),
  recordTypes: z.array(Text).min(1).default(['windows', 'unix']),
  failedAuthenticationQids: z.array(z.int().positive()).default([105015, 105053]),
});

const DirectorySection = z.strictObject({
  url: z
    .string()
    .regex(/^ldaps?:\/\/[^/@?#\s]+\/?$/i, 'must be ldaps://host or ldap://host, with a port where needed')
    .describe('ldaps://dc01.corp.example, or ldap:// with startTls: true'),
  startTls: z.boolean().describe('Encrypts an ldap: connection before anything is sent.').default(false),
  insecure: Insecure,
  baseDn: Text,
  bindDn: Text,
  bindPassword: SecretSource,
  tls: Tls.optional(),
  accounts: z
    .record(z.string(), Text)
    .describe('Name of a secret: sAMAccountName or UPN of the account whose password it holds.')
    .default({}),
});

const AcceptSection = z.strictObject({
  check: Text.describe('Id of the check, as `vaultcheck checks` lists it.'),
  secret: Text.describe('Absent: all secrets.').optional(),
  reason: Text,
  until: z.iso
    .date({ error: 'must be a day such as 2027-06-30' })
    .describe('The last day (UTC) on which the finding is accepted.'),
});

/** One Secret Server, and what hangs on it. */
export const IntegrationSection = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'must be a short name of letters, digits, dots, - and _'),
  secretServer: SecretServerSection,
  domains: z
    .record(z.string(), z.array(Text))
    .describe('Other spellings of a domain: NetBIOS name to DNS names.')
    .default({}),
  scanAccounts: z
    .array(AccountSection)
    .min(1, 'must name at least one account')
    .describe('What the appliance logs in to Secret Server with (the "Qualys user").'),
  scanGroup: Text.describe('The local group that holds them.').optional(),
  folder: Text.describe("The dedicated folder: '\\Scan Credentials'").optional(),
  folderAdmins: z.array(Text).describe('Who else is expected on it: users or groups.').optional(),
  secrets: z
    .union([z.literal('folder'), z.array(Text)], {
      error: 'must be a list of names of secrets (a number in quotes), or the word folder',
    })
    .describe('What --all and the watch cover; or the word folder: all in `folder`, new ones too.')
    .default([]),
  appliances: z.array(ApplianceSection).default([]),
  qualys: QualysSection.optional(),
  directory: DirectorySection.optional(),
  alerts: ChannelId.describe('Channel for its incidents, instead of slack.alerts.').optional(),
  expectEvents: z
    .enum(['syslog', 'email', 'either', 'none'])
    .describe('How Secret Server should tell of lockouts.')
    .default('either'),
  accept: z.array(AcceptSection).describe('Findings that are known and accepted.').default([]),
  scanEvery: Duration.describe('How often a scan is due: the window of audits and proofs.').prefault('7d'),
});
export type IntegrationSection = z.infer<typeof IntegrationSection>;
