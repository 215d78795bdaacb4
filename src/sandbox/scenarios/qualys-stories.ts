import { applianceOffline, recordEdited, scanRan, vaultRecordEdited } from '../qualys/world/happenings.ts';
import { corpQualys } from '../qualys/world/healthy.ts';
import { secret } from '../secret-server/world/find.ts';
import { corp } from '../secret-server/world/healthy.ts';
import { failLogins } from '../secret-server/world/logins.ts';
import { newScanPassword, type Story, scanTries } from './story.ts';

const { vault, vaultId, windowsRecord, windowsTargets, appliance } = corpQualys;
const scanFailed = 'qualys-scan-authenticated';

/** Stories whose cause lies in Qualys, or that only Qualys shows. */
export const qualysStories: readonly Story[] = [
  {
    name: 'record-names-another-secret',
    title: 'The secret was renamed, and the record still asks for the old name',
    symptom: 5,
    arrange(worlds) {
      recordEdited(worlds.scanner, windowsRecord, { vault: { id: vaultId, secretName: 'scan-admin' } });
    },
    diagnosis: 'qualys-auth-record',
    kind: 'cause',
    consequences: [],
  },
  {
    name: 'record-names-another-vault',
    title: 'The record fetches its password from another vault',
    symptom: null,
    arrange({ scanner }) {
      recordEdited(scanner, windowsRecord, { vault: { id: 1901, secretName: corp.secret } });
    },
    diagnosis: 'qualys-auth-record',
    kind: 'cause',
    consequences: [],
  },
  {
    name: 'vault-moved',
    title: 'Secret Server moved, and the vault record points at its old address',
    symptom: null,
    arrange({ scanner }) {
      vaultRecordEdited(scanner, vault, { url: 'https://old-vault.corp.example/SecretServer' });
      scanRan(scanner, { targets: [windowsTargets], authenticated: false });
    },
    diagnosis: 'qualys-vault-record',
    kind: 'cause',
    consequences: ['secret-viewed', scanFailed],
  },
  {
    name: 'vault-record-outdated',
    title: 'The password of the scan account changed, and Qualys still sends the old one',
    symptom: 18,
    arrange(worlds) {
      newScanPassword(worlds);
      scanTries(worlds, { password: 'the old one' });
    },
    diagnosis: 'qualys-vault-current',
    kind: 'cause',
    consequences: ['account-logs-in', 'secret-viewed', scanFailed],
  },
  {
    name: 'vault-record-locks-out',
    title: 'The old password in the vault record has locked the scan account',
    symptom: 11,
    arrange(worlds) {
      newScanPassword(worlds);
      failLogins(worlds.vault, corp.scanAccount, corp.applianceAddress, 10);
      scanTries(worlds, { password: 'the old one' });
    },
    diagnosis: 'qualys-vault-current',
    kind: 'cause',
    consequences: ['account-unlocked', 'account-logs-in', 'secret-viewed', scanFailed],
  },
  {
    name: 'appliance-offline',
    title: 'No scan starts: the appliance is offline',
    symptom: 17,
    arrange({ scanner }) {
      applianceOffline(scanner, appliance);
    },
    diagnosis: 'qualys-appliance-online',
    kind: 'cause',
    consequences: [],
    warns: ['secret-viewed', scanFailed],
  },
  {
    name: 'fewer-findings',
    title: 'Scans end well with fewer findings: the hosts refuse the login',
    symptom: 14,
    arrange(worlds) {
      scanTries(worlds, { hostsLetIn: false });
    },
    diagnosis: scanFailed,
    kind: 'advice',
    consequences: [],
  },
  {
    name: 'password-changed-mid-scan',
    title: 'Late hosts fail: the check-out ends, and the password changes, before the scan does',
    symptom: 10,
    arrange(worlds) {
      Object.assign(secret(worlds.vault, corp.secretId).checkOut, {
        enabled: true,
        changePasswordOnCheckIn: true,
        intervalMinutes: 15,
      });
      const isEarly = (address: string) => Number(address.split('.').at(-1)) < 20;
      scanTries(worlds, { hostsLetIn: isEarly, durationMinutes: 50 });
    },
    diagnosis: null,
    kind: null,
    consequences: [],
    warns: ['secret-checkout', scanFailed],
  },
  {
    name: 'qualys-account-expired',
    title: 'Nothing can be said of Qualys: the account of its API has expired',
    symptom: 15,
    arrange(worlds) {
      scanTries(worlds);
      worlds.scanner.refusesWith = 2001;
    },
    diagnosis: 'qualys-vault-record',
    kind: 'blind',
    consequences: [],
  },
];
