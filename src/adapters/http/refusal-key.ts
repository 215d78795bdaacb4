import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';

/** Slow to compute, so that a key in a shared store gives no quick way to guess the password it was made from. */
const derive = promisify<string, string, number, Buffer>(scrypt);

/** The key under which a refused login is remembered: another account or password is another key. */
export async function refusalKey(
  system: string,
  account: readonly string[],
  password: string,
): Promise<string> {
  const salt = `vaultcheck:${account.join('\n').toLowerCase()}`;
  return `${system}:${(await derive(password, salt, 32)).toString('hex')}`;
}
