import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { canonicalAddress } from '../../domain/addresses.ts';
import type { Intake } from './intake.ts';

/** Bursts come faster than lines are read: the system keeps so much of them, as far as it lets us. */
const receiveBufferBytes = 4 * 1024 * 1024;

export type DatagramOptions = {
  readonly intake: Intake;
  readonly allows: (address: string) => boolean;
  readonly maxLineBytes: number;
};

/**
 * A socket for syslog over UDP, not bound yet. A datagram is one message, whatever line ends it holds: a second line
 * in it would be a forgery by somebody who can put one into a name.
 */
export function datagramSocket(host: string, { intake, allows, maxLineBytes }: DatagramOptions): Socket {
  const socket = createSocket({
    type: isIPv6(host) ? 'udp6' : 'udp4',
    recvBufferSize: receiveBufferBytes,
  });
  socket.on('message', (bytes, { address: peer }) => {
    const address = canonicalAddress(peer) ?? '';
    if (!allows(address)) {
      intake.counters.addressesRefused += 1;
    } else if (intake.full()) {
      // UDP cannot be held back. Better a counted loss than memory without end.
      intake.counters.datagramsDropped += 1;
    } else {
      const oversized = bytes.length > maxLineBytes;
      intake.take(
        { text: bytes.toString('utf8', 0, maxLineBytes), oversized },
        { transport: 'udp', address },
      );
    }
  });
  return socket;
}

/** Closes the socket when the system has no more datagrams for it, or when they come without end. */
export async function leaveDatagrams(socket: Socket, withinMs: number): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  let heard = true;
  const hear = () => {
    heard = true;
  };
  socket.on('message', hear);
  while (heard && performance.now() < giveUpAt) {
    heard = false;
    // The first turn may have begun before; the second has looked at the socket.
    await nextTurn();
    await nextTurn();
  }
  await new Promise<void>((done) => void socket.close(() => done()));
}
