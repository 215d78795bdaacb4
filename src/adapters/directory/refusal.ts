import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { ActiveDirectoryOptions } from './options.ts';

/** Slow to compute, so that a key in a shared store gives no quick way to guess the password it was made from. */
const derive = promisify<string, string, number, Buffer>(scrypt);

/** The key under which a refusal of this very password is remembered. */
export async function refusalKey({ url, bindDn, bindPassword }: ActiveDirectoryOptions): Promise<string> {
  const account = [url.replace(/\/+$/, ''), bindDn].join('\n').toLowerCase();
  const key = await derive(bindPassword(), `vaultcheck:directory:${account}`, 32);
  return `directory:${key.toString('hex')}`;
}
