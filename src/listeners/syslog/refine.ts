import type { SettingChange, VaultAction } from '../../domain/vault-event.ts';

/**
 * Events whose kind tells less than their text. Most lockouts come as an edit of the user by Secret Server itself,
 * permission changes as an edit of the secret, and a mistyped user name as nothing but a line of the System Log.
 */
export function refinedAction(
  action: VaultAction,
  details: string,
  changes: readonly SettingChange[],
): VaultAction {
  if (action === 'account-edited') return accountEdit(changes) ?? action;
  if (action === 'secret-edited') return secretEdit(details, changes) ?? action;
  if (action === 'system-log') return systemLog(details) ?? action;
  return action;
}

/** A lockout outweighs what else the same edit changed. */
function accountEdit(changes: readonly SettingChange[]): VaultAction | undefined {
  const to = (setting: string) =>
    changes.findLast((change) => change.setting.toLowerCase() === setting)?.to.toLowerCase();
  const [locked, enabled] = [to('islockedout'), to('enabled')];
  if (locked === 'true') return 'account-locked';
  if (locked === 'false') return 'account-unlocked';
  if (enabled === 'false') return 'account-disabled';
  return enabled === 'true' ? 'account-enabled' : undefined;
}

function secretEdit(details: string, changes: readonly SettingChange[]): VaultAction | undefined {
  if (/\((?:Granted|Revoked) /.test(details)) return 'secret-permissions-changed';
  const changed = (pattern: RegExp) => changes.some(({ setting }) => pattern.test(setting));
  // The vendor shows no line of a move or a rename: these settings' names are read from its API.
  if (changed(/^folder(?:id|name)?$/i)) return 'secret-moved';
  return changed(/^(?:secret ?)?name$/i) ? 'secret-renamed' : undefined;
}

const noSuchUser = /^Login Failure - User (.{1,200}) does not exist/;

/** The user name that nobody has, of `Login Failure - User X does not exist`. */
export function unknownUser(details: string): string | undefined {
  return noSuchUser.exec(details)?.[1];
}

function systemLog(details: string): VaultAction | undefined {
  if (details.startsWith('Login Failure') && noSuchUser.test(details)) return 'login-unknown-user';
  if (details.endsWith(': Application initialized and started.')) return 'node-started';
  // The twin of a HEARTBEATFAILURE, up to 10 s apart and without the secret's id.
  return details.includes(' Heartbeat failed for Machine ') ? 'target-login-failed' : undefined;
}
