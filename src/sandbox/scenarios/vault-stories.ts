import { addRole, addSecret } from '../secret-server/world/build.ts';
import { secret } from '../secret-server/world/find.ts';
import { corp } from '../secret-server/world/healthy.ts';
import { editSecret, personChecksOut } from '../secret-server/world/keepers.ts';
import { assignRoles, changeSettings, editAccount, restrictAccount } from '../secret-server/world/people.ts';
import { type Story, scanTries } from './story.ts';

const { administrator: jane, scanAccount, secretId } = corp;
const scanFailed = 'qualys-scan-authenticated';

/** Stories whose cause lies in Secret Server. */
export const vaultStories: readonly Story[] = [
  {
    name: 'no-trace-in-the-vault',
    title: 'The scan fails and Secret Server shows no access: the account may not use the API',
    symptom: 1,
    arrange(worlds) {
      changeSettings(worlds.vault, jane, { preventDirectApiAuthentication: true });
      editAccount(worlds.vault, jane, scanAccount, { isApplicationAccount: false });
      scanTries(worlds);
    },
    diagnosis: 'account-unattended-login',
    kind: 'cause',
    consequences: ['account-logs-in', 'secret-viewed', scanFailed],
  },
  {
    name: 'address-not-allowed',
    title: 'The appliance is told that the secret does not exist: its address is not allowed',
    symptom: 2,
    arrange(worlds) {
      restrictAccount(worlds.vault, jane, scanAccount, ['192.0.2.77']);
      scanTries(worlds);
    },
    diagnosis: 'account-address-restricted',
    kind: 'cause',
    consequences: ['account-logs-in', 'secret-viewed', scanFailed],
  },
  {
    name: 'web-services-off',
    title: 'Nobody can log in any more: web services were turned off',
    symptom: 3,
    arrange(worlds) {
      changeSettings(worlds.vault, jane, { enableWebServices: false });
      scanTries(worlds);
    },
    diagnosis: 'web-services-enabled',
    kind: 'cause',
    consequences: [scanFailed],
  },
  {
    name: 'two-of-one-name',
    title: 'The secret is not found: two have the same name',
    symptom: 5,
    arrange(worlds) {
      const { folderId } = secret(worlds.vault, secretId);
      scanTries(worlds, { hostsLetIn: false });
      addSecret(worlds.vault, { name: corp.secret, folderId });
    },
    diagnosis: 'secret-found',
    kind: 'cause',
    consequences: [scanFailed],
  },
  {
    name: 'role-too-small',
    title: 'The account logs in and may see nothing: its role lost View Secret',
    symptom: 6,
    arrange(worlds) {
      const role = addRole(worlds.vault, 'Too small', ['View Launcher Password']);
      assignRoles(worlds.vault, jane, scanAccount, [role.id]);
      scanTries(worlds);
    },
    diagnosis: 'secret-readable',
    kind: 'cause',
    consequences: ['secret-viewed', scanFailed],
  },
  {
    name: 'approval-demanded',
    title: 'A policy made approval for access obligatory',
    symptom: 7,
    arrange(worlds) {
      editSecret(worlds.vault, jane, secretId, { requiresApproval: true });
      scanTries(worlds);
    },
    diagnosis: 'secret-approval',
    kind: 'cause',
    consequences: ['secret-viewed', scanFailed],
  },
  {
    name: 'doublelock',
    title: 'Somebody put DoubleLock on the secret',
    symptom: 7,
    arrange(worlds) {
      editSecret(worlds.vault, jane, secretId, { doubleLock: true });
      scanTries(worlds);
    },
    diagnosis: 'secret-doublelock',
    kind: 'cause',
    consequences: ['secret-viewed', scanFailed],
  },
  {
    name: 'comment-demanded',
    title: 'A comment is demanded before the secret is shown',
    symptom: 8,
    arrange(worlds) {
      editSecret(worlds.vault, jane, secretId, { requiresComment: true });
      scanTries(worlds);
    },
    diagnosis: 'secret-comment',
    kind: 'cause',
    consequences: ['secret-viewed', scanFailed],
  },
  {
    name: 'still-checked-out',
    title: 'The next scan fails: somebody still has the secret checked out',
    symptom: 9,
    arrange(worlds) {
      secret(worlds.vault, secretId).checkOut.enabled = true;
      personChecksOut(worlds.vault, jane, secretId);
      scanTries(worlds);
    },
    diagnosis: 'secret-checkout',
    kind: 'cause',
    consequences: ['secret-viewed', scanFailed],
  },
];
