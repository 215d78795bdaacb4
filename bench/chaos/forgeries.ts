import { createSocket } from 'node:dgram';
import { cefLine } from '../../src/sandbox/secret-server/event-sender.ts';
import { events } from '../../src/sandbox/secret-server/world/record.ts';
import type { WorldEvent } from '../../src/sandbox/secret-server/world/trail.ts';
import type { Place } from './place.ts';
import { exactly, type Finding } from './scenario.ts';

/** Says over UDP of every account that it was unlocked, as anybody in the network can. None of them is. */
export async function forgeUnlocks(place: Place, tell: (line: string) => void): Promise<void> {
  const { accounts, ports, vault } = place;
  const { version } = vault.world.settings;
  const socket = createSocket('udp4');
  for (const account of accounts) {
    const line = cefLine(unlocked(place, account), { host: 'VAULT01', version });
    await new Promise<void>((done) => socket.send(line, ports.udp, '127.0.0.1', () => done()));
  }
  socket.close();
  tell('forged: every account is said to be unlocked');
}

function unlocked({ vault: { world } }: Place, account: string): WorldEvent {
  const user = world.users.find(({ userName }) => account.endsWith(`\\${userName}`));
  const item = { id: user?.id ?? 0, name: account };
  return {
    ...events.userEdit,
    ...{ at: world.now(), by: null, from: null, container: null, item },
    details: 'IsLockedOut: true to false;',
  };
}

/** Every one is still locked. */
export async function closedByForgery({ incidents }: Place): Promise<Finding> {
  const closed = await incidents.list({ states: ['resolved'], limit: 10_000 });
  const lockouts = closed.filter(({ kind }) => kind === 'account-locked');
  return exactly('incidents that a forged "unlocked" closed', 0, lockouts.length);
}
