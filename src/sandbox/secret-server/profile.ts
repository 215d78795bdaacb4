/**
 * How this version of Secret Server speaks, where versions differ or nobody has written down which it is. A reader must
 * get along with all of it.
 */
export type Profile = {
  /** `10.9`: no v2 addresses, no inbox rules, fewer fields. `2026`: more fields than 11.2. */
  generation: '10.9' | '11.2' | '2026';
  /** Permission names as `View Users` or `ViewUsers`. */
  permissionNames: 'display' | 'code';
  /** Audit actions of accounts as `Login Failure` or `LOGINFAILURE`. */
  userActions: 'display' | 'code';
  /** Before views of secrets: nothing, or `WEBSERVICE `. */
  secretActionPrefix: string;
  /** Whether the permissions of a secret that inherits are listed on the secret too. */
  listsInheritedPermissions: boolean;
  /** Whether timestamps are in the server's zone or always in UTC. */
  timestamps: 'server-zone' | 'utc';
  /** What an absent id looks like. */
  absentId: null | -1;
};

export function defaultProfile(): Profile {
  return {
    generation: '11.2',
    permissionNames: 'display',
    userActions: 'display',
    secretActionPrefix: '',
    listsInheritedPermissions: true,
    timestamps: 'server-zone',
    absentId: null,
  };
}
