import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Network } from '../../ports/network.ts';
import { inTime, type Patience } from './patience.ts';

const reasons: Record<string, string> = {
  ENOTFOUND: 'the name does not exist',
  ENODATA: 'the name has no address',
  EAI_AGAIN: 'the name server does not answer',
};

/**
 * The addresses of a name as every program of this host would find them (hosts file, search list and DNS). A name
 * without an address and a resolver that does not answer are values, each with its reason.
 */
export async function resolveName(host: string, patience: Patience): ReturnType<Network['resolve']> {
  const name = host.replace(/^\[|\]$/g, '');
  if (isIP(name) !== 0) return { addresses: [name], failure: null };
  const found = await inTime(
    lookup(name, { all: true }).then(
      (all) => ({ addresses: [...new Set(all.map(({ address }) => address))], failure: null }),
      (error: NodeJS.ErrnoException) => ({ addresses: [], failure: failureOf(error.code ?? 'no code') }),
    ),
    patience,
  );
  return found ?? { addresses: [], failure: 'the name server does not answer in time' };
}

function failureOf(code: string): string {
  return reasons[code] ?? `the resolver says ${code}`;
}
