import type { VerdictWord } from '../../src/domain/report.ts';
import type { SecretServerSimulator } from '../../src/sandbox/secret-server/simulator.ts';
import type { User } from '../../src/sandbox/secret-server/world/accounts.ts';
import { addRestriction, addRole, addSecret } from '../../src/sandbox/secret-server/world/build.ts';
import { group, secret, user } from '../../src/sandbox/secret-server/world/find.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { applianceLogsIn, failLogins, lockOut } from '../../src/sandbox/secret-server/world/logins.ts';
import type { World } from '../../src/sandbox/secret-server/world/world.ts';

const stranger = '192.0.2.77';
const scanner = (world: World): User => user(world, corp.scanAccount);
const kept = (world: World) => secret(world, corp.secretId);

type Change = (world: World, vault: SecretServerSimulator) => void;
export type Verdicts = Record<string, VerdictWord>;

/** A world, where it is asked about, and what the checks must say of it. */
export const worlds: [name: string, where: string, change: Change, expected: Verdicts][] = [
  [
    'healthy',
    'corp',
    () => {},
    {
      'url-resolves': 'pass',
      'port-open': 'pass',
      'tls-trusted': 'pass',
      'service-answers': 'pass',
      'web-services-enabled': 'pass',
      'reachable-from-appliance': 'pass',
      'account-enabled': 'pass',
      'account-unlocked': 'pass',
      'account-unattended-login': 'pass',
      'account-least-privilege': 'pass',
      'account-grouped': 'pass',
      'account-address-restricted': 'pass',
      'account-logs-in': 'pass',
      'secret-found': 'pass',
      'secret-readable': 'pass',
      'secret-approval': 'pass',
      'secret-launcher-password': 'pass',
      'secret-doublelock': 'pass',
      'secret-checkout': 'pass',
      'secret-comment': 'pass',
      'secret-heartbeat': 'pass',
      'secret-viewed': 'pass',
    },
  ],
  [
    'by address, with little configured',
    'bare',
    () => {},
    { 'url-resolves': 'skipped', 'account-grouped': 'skipped', 'account-address-restricted': 'skipped' },
  ],
  [
    'a name that nobody knows',
    'nameless',
    () => {},
    { 'url-resolves': 'fail', 'account-enabled': 'unknown' },
  ],
  ['a closed port', 'closed', () => {}, { 'port-open': 'fail', 'tls-trusted': 'skipped' }],
  ['an untrusted certificate', 'untrusted', () => {}, { 'tls-trusted': 'fail', 'secret-found': 'unknown' }],
  ['a certificate that ends soon', 'expiring', () => {}, { 'tls-trusted': 'warn' }],
  [
    'an encumbered secret',
    'corp',
    (world) => {
      const jane = user(world, corp.administrator).id;
      Object.assign(kept(world), {
        doubleLock: true,
        requiresApproval: true,
        requiresComment: true,
        hidePassword: true,
        heartbeat: 'Failed',
      });
      kept(world).checkOut = {
        ...kept(world).checkOut,
        enabled: true,
        byUserId: jane,
        until: world.now() + 600_000,
      };
    },
    {
      'secret-doublelock': 'fail',
      'secret-approval': 'fail',
      'secret-comment': 'fail',
      'secret-launcher-password': 'fail',
      'secret-heartbeat': 'fail',
      'secret-checkout': 'fail',
    },
  ],
  [
    'an account that is locked, from an address that may not',
    'corp',
    (world) => {
      lockOut(world, corp.scanAccount, corp.applianceAddress);
      scanner(world).restrictionIds = [addRestriction(world, 'elsewhere', stranger)];
      Object.assign(scanner(world), { twoFactorMethod: 'TOTPAuthenticator' });
      world.settings.requireTwoFactorForWebServices = true;
    },
    {
      'account-unlocked': 'fail',
      'account-logs-in': 'fail',
      'account-address-restricted': 'fail',
      'account-unattended-login': 'fail',
    },
  ],
  [
    'an account that is disabled and in a group that is',
    'corp',
    (world) => {
      scanner(world).enabled = false;
      group(world, corp.scanGroup).memberIds = [];
      group(world, corp.scanGroup).enabled = false;
      world.settings.healthy = false;
    },
    {
      'account-enabled': 'fail',
      'account-grouped': 'fail',
      'secret-readable': 'fail',
      'service-answers': 'fail',
    },
  ],
  [
    'web services off',
    'corp',
    (world, vault) => {
      world.settings.enableWebServices = false;
      // A login from before would go on for as long as its token lasts.
      vault.sessions.expireAll();
    },
    {
      'web-services-enabled': 'fail',
      'reachable-from-appliance': 'unknown',
      'account-enabled': 'unknown',
      'account-unlocked': 'unknown',
      'account-unattended-login': 'unknown',
      'account-least-privilege': 'unknown',
      'account-grouped': 'unknown',
      'account-logs-in': 'unknown',
      'secret-found': 'unknown',
      'secret-readable': 'unknown',
      'secret-approval': 'unknown',
      'secret-launcher-password': 'unknown',
      'secret-doublelock': 'unknown',
      'secret-checkout': 'unknown',
      'secret-comment': 'unknown',
      'secret-heartbeat': 'unknown',
      'secret-viewed': 'unknown',
    },
  ],
  [
    'everything a little wrong',
    'corp',
    (world) => {
      const account = scanner(world);
      account.restrictionIds = [];
      applianceLogsIn(world, corp.scanAccount, stranger);
      failLogins(world, corp.scanAccount, stranger, 4);
      Object.assign(account, { isApplicationAccount: false, adExpiresAt: world.now() + 5 * 86_400_000 });
      group(world, corp.scanGroup).synchronized = true;
      Object.assign(world.settings, { readOnlyMode: true, requireTwoFactorForWebServices: true });
      Object.assign(kept(world), { heartbeat: 'UnableToConnect', passwordChangePending: true });
      kept(world).checkOut.enabled = true;
      world.secretAudits = [];
      addSecret(world, { name: 'ScanAdmin', folderId: kept(world).folderId });
    },
    {
      'service-answers': 'warn',
      'account-enabled': 'warn',
      'account-unlocked': 'warn',
      'account-unattended-login': 'warn',
      'account-least-privilege': 'warn',
      'account-grouped': 'warn',
      'account-address-restricted': 'warn',
      'account-logs-in': 'warn',
      'secret-found': 'warn',
      'secret-checkout': 'warn',
      'secret-heartbeat': 'warn',
      'secret-viewed': 'warn',
    },
  ],
  [
    'unlimited powers, two secrets of one name, no SOAP address',
    'corp',
    (world, vault) => {
      const role = addRole(world, 'All', ['Unlimited Administrator']);
      scanner(world).roleIds.push(role.id);
      world.settings.unlimitedAdministration = true;
      addSecret(world, { name: corp.secret, folderId: kept(world).folderId });
      vault.switches.set(/asmx$/, { kind: 'status', status: 404 });
    },
    { 'account-least-privilege': 'fail', 'secret-found': 'fail', 'web-services-enabled': 'unknown' },
  ],
  [
    'a heartbeat that is not done, and a group with ranges of its own',
    'corp',
    (world) => {
      kept(world).heartbeat = 'Pending';
      group(world, corp.scanGroup).restrictionIds = [addRestriction(world, 'elsewhere', stranger)];
      world.userAudits = [];
    },
    {
      'secret-heartbeat': 'skipped',
      'account-address-restricted': 'unknown',
      'account-logs-in': 'warn',
      'reachable-from-appliance': 'unknown',
    },
  ],
];
