import { defineCheck } from '../../domain/check.ts';
import { withoutTarget } from '../../domain/directory-login.ts';
import type { SecretPassword } from '../../domain/evidence/directory.ts';
import type { SecretSummary } from '../../domain/evidence/secret.ts';
import { heartbeatOutcome } from '../../domain/heartbeat.ts';
import { type Instant, minuteMs, moment } from '../../domain/instant.ts';
import { type Fact, fact, fail, type Judgement, pass, skipped, unknown, warn } from '../../domain/verdict.ts';

type Key = 'targetAccount' | 'secretPassword' | 'secret';

/** A change on one side reaches the other within this; what is left of two clocks goes under in it too. */
const togetherMs = 10 * minuteMs;

export const passwordInStep = defineCheck({
  id: 'password-in-step',
  section: 'directory',
  title: "Secret Server holds the directory's current password",
  why: 'A password that was changed in the directory alone leaves the old one in the secret: every scan then fails, and may lock the account.',
  remedy:
    'Type the current password into the secret (Secret > Edit), or let Secret Server set a new one on both sides (Secret > Change Password), then run the heartbeat.',
  blocking: true,
  needs: ['targetAccount'],
  wants: ['secretPassword', 'secret'],
  exempt: ({ settings, secret }) => withoutTarget(settings, secret),
  judge({ targetAccount: { name, found }, secretPassword, secret }) {
    if (!found) return skipped(`The directory has no account ${name}: there is no password to compare with.`);
    const set = found.passwordLastSet;
    if (set === null)
      return skipped(`The password of ${name} must be changed first: when it was set is not kept.`);
    if ('gap' in secretPassword) return unknown([secretPassword.gap]);
    if ('gap' in secret) return unknown([secret.gap]);
    return compared({ name, set, held: secretPassword.known, secret: secret.known });
  },
});

type Sides = { name: string; set: Instant; held: SecretPassword; secret: SecretSummary };

function compared(sides: Sides): Judgement<Key> {
  const { set, held } = sides;
  if (set - held.changedAt > togetherMs) return directoryLater(sides);
  if (held.changedAt - set > togetherMs) return secretLater(sides);
  const [first, ...rest] = factsOf(sides);
  return pass(first, ...rest);
}

/** The secret may hold an old password: only a later heartbeat shows that it does not. */
function directoryLater(sides: Sides): Judgement<Key> {
  const { name, set, held, secret } = sides;
  const facts = factsOf(sides);
  const text = `The password of ${name} was changed in the directory at ${moment(set)}, after the secret's (${moment(held.changedAt)})`;
  const outcome = heartbeatOutcome(secret.heartbeat);
  if (outcome === 'failure') return fail(`${text}, and the last heartbeat is ${secret.heartbeat}.`, facts);
  if (held.heartbeatSucceededAt !== null && held.heartbeatSucceededAt > set) {
    return pass(...facts, fact('secretPassword', successText(held.heartbeatSucceededAt)));
  }
  return warn(`${text}, and no heartbeat since shows that the secret has it.`, facts);
}

/** The directory may not have got the secret's new password. A heartbeat of before says nothing of it. */
function secretLater(sides: Sides): Judgement<Key> {
  const { name, set, held, secret } = sides;
  const facts = factsOf(sides);
  const text = `The secret's password was changed at ${moment(held.changedAt)} (${held.how}), after that of ${name} in the directory (${moment(set)})`;
  const outcome = heartbeatOutcome(secret.heartbeat);
  if (outcome === 'failure') return fail(`${text}, and the last heartbeat is ${secret.heartbeat}.`, facts);
  const success = held.heartbeatSucceededAt;
  const isStale = success !== null && success < held.changedAt;
  if (outcome === 'success' && !isStale) {
    const seen = success === null ? `The last heartbeat is ${secret.heartbeat}` : successText(success);
    return pass(...facts, fact('secret', seen));
  }
  return warn(`${text}, and no heartbeat since shows that the directory has it.`, facts);
}

function factsOf({ name, set, held }: Sides): [Fact<Key>, Fact<Key>] {
  return [
    fact('targetAccount', `The directory's password of ${name} was set at ${moment(set)}`),
    fact(
      'secretPassword',
      `The secret's password was last changed at ${moment(held.changedAt)} (${held.how})`,
    ),
  ];
}

function successText(at: Instant): string {
  return `A heartbeat succeeded at ${moment(at)}`;
}
