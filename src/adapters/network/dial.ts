import { connect, type Socket } from 'node:net';
import type { ConnectionState } from '../../domain/evidence/reach.ts';
import type { Dialled, Endpoint } from '../../ports/network.ts';
import { inTime, type Patience } from './patience.ts';

const states: Record<string, { state: ConnectionState; detail: string }> = {
  ECONNREFUSED: { state: 'refused', detail: 'nothing listens there' },
  ECONNRESET: { state: 'refused', detail: 'the connection was cut at once' },
  EHOSTUNREACH: { state: 'no-route', detail: 'there is no route to it' },
  ENETUNREACH: { state: 'no-route', detail: 'there is no route to it' },
  EADDRNOTAVAIL: { state: 'no-route', detail: 'there is no route to it' },
  ENOTFOUND: { state: 'unresolved', detail: 'its name does not exist' },
  EAI_AGAIN: { state: 'unresolved', detail: 'the name server does not answer' },
  ETIMEDOUT: { state: 'filtered', detail: 'nothing came back' },
};

/** A TCP connection, the caller's to close; null where none came about. All addresses of the name are tried. */
export async function dial(
  { host, port }: Endpoint,
  patience: Patience,
): Promise<{ socket: Socket | null; dialled: Dialled }> {
  const socket = connect({
    host: host.replace(/^\[|\]$/g, ''),
    port,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 1000,
  });
  const opened = new Promise<Dialled>((resolve) => {
    socket.once('connect', () => resolve({ state: 'open', detail: 'It accepts connections' }));
    socket.on('error', (error) => resolve(refusal(error)));
  });
  const dialled = await inTime(opened, patience).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
  if (dialled?.state === 'open') return { socket, dialled };
  socket.destroy();
  return { socket: null, dialled: dialled ?? { state: 'filtered', detail: silence(patience) } };
}

function silence({ timeoutMs }: Patience): string {
  return `nothing came back within ${timeoutMs / 1000} s`;
}

/** A name with several addresses fails with all their errors: one that refuses says more than one without a route. */
function refusal(error: NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] }): Dialled {
  const codes = [error, ...(error.errors ?? [])].map(({ code }) => code ?? '');
  const known = Object.keys(states).find((code) => codes.includes(code));
  return (known && states[known]) || { state: 'no-route', detail: `the connection failed (${codes[0]})` };
}
