import { createHash, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { Refusals } from '../ports/refusals.ts';

/** What is remembered of the refused logins of one account, each for the very password that was sent. */
export type RefusedLogins = {
  /** The vendor's text where this password was refused before. `kind` keeps refusals of different weight apart. */
  recall(kind?: string): Promise<string | null>;
  remember(text: string, kind?: string): Promise<void>;
};

type Login = {
  system: string;
  /** Where and who, in one order: another account is another memory. */
  account: readonly string[];
  password: () => string;
  refusals: Refusals;
  now: () => number;
};

/** Slow to compute, so that a key in a shared store gives no quick way to guess the password it was made from. */
const derive = promisify<string, string, number, Buffer>(scrypt);

/**
 * A refusal is remembered under a slow hash over system, account and password. That an account was ever refused stands
 * beside it under a quick hash without the password: where nothing was, which is nearly always, no slow one is made.
 */
export function refusedLogins({ system, account, password, refusals, now }: Login): RefusedLogins {
  const whose = account.join('\n').toLowerCase();
  const everRefused = `${system}:ever:${createHash('sha256').update(whose).digest('hex')}`;
  let made: { of: string; key: Promise<string> } | undefined;
  const keyOf = async (kind: string) => {
    const of = password();
    if (made?.of !== of) made = { of, key: slowKey(system, whose, of) };
    const key = await made.key;
    return kind === '' ? key : `${key}:${kind}`;
  };
  return {
    async recall(kind = '') {
      if (!(await refusals.recall(everRefused))) return null;
      return (await refusals.recall(await keyOf(kind)))?.text ?? null;
    },
    async remember(text, kind = '') {
      // In this order: who finds the second finds the first.
      await refusals.remember(await keyOf(kind), text, now());
      await refusals.remember(everRefused, 'refused', now());
    },
  };
}

async function slowKey(system: string, whose: string, password: string): Promise<string> {
  const key = await derive(password, `vaultcheck:${whose}`, 32);
  return `${system}:${key.toString('hex')}`;
}
