import { type KnownAccess, knownAccess } from './access.ts';
import { eachUser, type Named } from './each-account.ts';
import type { ScanUserGroups, ScanUsers, VaultUser } from './evidence/account.ts';
import type { SecretAccess } from './evidence/secret.ts';
import { ofAccount } from './scan-account.ts';
import { gapsOf, type Told } from './told.ts';
import { type Judgement, uniqueGaps, unknown } from './verdict.ts';

type Lists = {
  scanUsers: Told<ScanUsers>;
  scanUserGroups: Told<ScanUserGroups>;
  secretAccess: Told<SecretAccess>;
};

/** What is known of one scan account's access to the secret, with the groups that could not be read. */
export type ScanAccess = Named & { user: VaultUser; access: KnownAccess };

/**
 * Holds a rule against each scan account's access to the secret. `judge` may answer from what its own entries and known
 * groups give; undefined when a group that could not be read might change its answer, which then is unknown.
 */
export function eachScanAccess<K extends string>(
  { scanUsers, scanUserGroups, secretAccess }: Lists,
  judge: (scan: ScanAccess) => Judgement<K> | undefined,
): Judgement<K> {
  if ('gap' in scanUsers) return unknown([scanUsers.gap]);
  return eachUser(scanUsers.known, (user, named) => {
    const groups = ofAccount(scanUserGroups, named.account);
    const told = knownAccess(secretAccess, user, groups);
    if ('gap' in told) return unknown([told.gap]);
    const answer = judge({ ...named, user, access: told.known });
    if (answer) return answer;
    const [gap, ...more] = gapsOf([groups]);
    return unknown(uniqueGaps([gap ?? unread, ...more]));
  });
}

const unread = {
  source: 'secret-server',
  cause: 'absent',
  detail: 'The groups of a scan account could not be read.',
} as const;
