import type { SecretPassword } from '../../domain/evidence/directory.ts';
import { GapError } from '../../domain/gap.ts';
import type { Instant } from '../../domain/instant.ts';
import { heartbeatIn, setsPassword } from '../../domain/secret-password.ts';
import { instantOf } from '../../domain/vault-clock.ts';
import type { SecretAuditRowRead } from '../../ports/vault.ts';
import type { SecretDoor } from '../reading.ts';
import { theOneSecret } from './the-one-secret.ts';

/**
 * When the secret last got a password: its audit with the password change log is read back until that is found. Where
 * the trail ends before, the creation of the secret is the earliest that it can be.
 */
export async function readSecretPassword(from: SecretDoor): Promise<SecretPassword> {
  const [clock, secret] = await Promise.all([from.ask('vaultClock'), theOneSecret(from)]);
  const { rows, cut } = await from.vault.auditOfSecret(secret.id, {
    since: 0,
    includePasswordLog: true,
    until: setsPassword,
  });
  const at = (row: SecretAuditRowRead): Instant => instantOf(clock, row.at);
  const newest = (which: (row: SecretAuditRowRead) => boolean) => rows.find(which);
  const change = newest(setsPassword);
  const success = newest((row) => heartbeatIn(row) === 'success');
  const failure = newest((row) => heartbeatIn(row) === 'failure');
  if (!change && cut) throw unreached(from.secret, rows.length);
  const created = secret.createdAt && instantOf(clock, secret.createdAt);
  if (!change && created === null) throw untold(from.secret);
  return {
    changedAt: change ? at(change) : (created ?? 0),
    how: change ? change.text : 'its creation',
    heartbeatSucceededAt: success ? at(success) : null,
    heartbeatFailedAt: failure ? at(failure) : null,
  };
}

/** A change may lie behind the rows that are read: the creation date would then be said to be the last one. */
function unreached(secret: string, count: number): GapError {
  const detail = `The audit of “${secret}” has more rows than are read (${count}), and none of these tells when its password was changed.`;
  return new GapError({ source: 'secret-server', cause: 'truncated', detail });
}

function untold(secret: string): GapError {
  const detail = `Neither the audit of “${secret}” nor its creation date tells when its password was changed.`;
  return new GapError({ source: 'secret-server', cause: 'absent', detail });
}
