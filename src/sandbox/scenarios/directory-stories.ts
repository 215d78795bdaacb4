import { changePassword, disable, lock, mustChange } from '../directory/changes.ts';
import { corpDirectory } from '../directory/world.ts';
import { recordEdited } from '../qualys/world/happenings.ts';
import { corpQualys } from '../qualys/world/healthy.ts';
import { corp } from '../secret-server/world/healthy.ts';
import { heartbeat, typePassword } from '../secret-server/world/keepers.ts';
import { type Story, scanTries } from './story.ts';

const { targetAccount, scanAccount } = corpDirectory;
const scanFailed = 'qualys-scan-authenticated';

/** Stories whose cause lies in the directory, or that only the directory shows. */
export const directoryStories: readonly Story[] = [
  {
    name: 'target-account-locked',
    title: 'The hosts refuse the login: another consumer locks the account with an old password',
    symptom: 11,
    arrange(worlds) {
      lock(worlds.directory, targetAccount);
      heartbeat(worlds.vault, corp.secretId, 'AccountLockedOut');
      scanTries(worlds, { hostsLetIn: false });
    },
    diagnosis: 'directory-account-usable',
    kind: 'cause',
    consequences: ['secret-heartbeat', scanFailed],
  },
  {
    name: 'target-must-change-password',
    title: 'The hosts refuse the login: the account must change its password at the next logon',
    symptom: null,
    arrange(worlds) {
      mustChange(worlds.directory, targetAccount);
      heartbeat(worlds.vault, corp.secretId, 'Failed');
      scanTries(worlds, { hostsLetIn: false });
    },
    diagnosis: 'directory-account-usable',
    kind: 'cause',
    consequences: ['secret-heartbeat', scanFailed],
  },
  {
    name: 'password-change-failed',
    title: 'Secret Server stored a new password that the directory refused',
    symptom: 12,
    arrange(worlds) {
      typePassword(worlds.vault, corp.administrator, corp.secretId);
      heartbeat(worlds.vault, corp.secretId, 'Failed');
      scanTries(worlds, { hostsLetIn: false });
    },
    diagnosis: 'password-in-step',
    kind: 'cause',
    consequences: ['secret-heartbeat', scanFailed],
  },
  {
    name: 'password-drift',
    title: 'The password was changed in the directory, and Secret Server still holds the old one',
    symptom: 12,
    arrange(worlds) {
      changePassword(worlds.directory, targetAccount);
      heartbeat(worlds.vault, corp.secretId, 'Failed');
      scanTries(worlds, { hostsLetIn: false });
    },
    diagnosis: 'password-in-step',
    kind: 'cause',
    consequences: ['secret-heartbeat', scanFailed],
  },
  {
    name: 'record-names-another-account',
    title: 'The record logs in to the hosts under another name than the one whose password it fetches',
    symptom: 13,
    arrange(worlds) {
      recordEdited(worlds.scanner, corpQualys.windowsRecord, { username: 'scan-admin-old' });
      scanTries(worlds, { hostsLetIn: false });
    },
    diagnosis: 'qualys-auth-record',
    kind: 'cause',
    consequences: [scanFailed],
  },
  {
    name: 'scan-account-disabled-in-directory',
    title: 'Secret Server refuses the scan account: the directory has it disabled',
    symptom: null,
    arrange(worlds) {
      disable(worlds.directory, scanAccount);
      // Secret Server asks the directory, which refuses the right password too.
      scanTries(worlds, { password: 'whatever it is' });
    },
    diagnosis: 'directory-scan-account-usable',
    kind: 'cause',
    consequences: ['account-logs-in', 'secret-viewed', scanFailed],
  },
];
