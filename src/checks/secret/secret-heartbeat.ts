import { defineCheck } from '../../domain/check.ts';
import { worstOf } from '../../domain/each-account.ts';
import type { SecretSummary } from '../../domain/evidence/secret.ts';
import { heartbeatOutcome } from '../../domain/heartbeat.ts';
import { fact, fail, type Judgement, pass, skipped, warn } from '../../domain/verdict.ts';

export const secretHeartbeat = defineCheck({
  id: 'secret-heartbeat',
  section: 'secret',
  title: 'Its password works on the target',
  why: 'Secret Server tries the password on the target by itself. What fails there will fail for the scan as well.',
  remedy:
    "Correct the secret's password or unlock the account on the target, then run the heartbeat again (Secret > Heartbeat).",
  blocking: true,
  needs: ['secret'],
  judge({ secret }) {
    return worstOf([lastHeartbeat(secret), ...outOfSync(secret)]);
  },
});

function lastHeartbeat({ heartbeat, name }: SecretSummary): Judgement<'secret'> {
  const outcome = heartbeatOutcome(heartbeat);
  const text = `The last heartbeat of “${name}” is ${heartbeat || 'empty'}`;
  const seen = fact('secret', text);
  if (outcome === 'success') return pass(seen);
  if (outcome === 'failure') return fail(`${text}: its password does not work on the target.`, [seen]);
  if (outcome === 'disabled') return skipped('Heartbeat is disabled for this secret.');
  if (outcome === 'running') return skipped(`A heartbeat is in progress (${heartbeat}).`);
  return warn(`${text}: whether its password works was not found out.`, [seen]);
}

function outOfSync(secret: SecretSummary): Judgement<'secret'>[] {
  if (!secret.outOfSync) return [];
  const text = `“${secret.name}” is out of sync${secret.outOfSyncReason ? `: ${secret.outOfSyncReason}` : ''}`;
  return [warn(`${text}.`, [fact('secret', text)])];
}
