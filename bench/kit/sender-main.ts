import { once } from 'node:events';
import { connect } from 'node:net';

/** Lines of one write, as a busy sender's buffer holds them. */
const block = 200;

type Wanted = { port: number; line: string; forMs: number; count: number | null };

/** Sends a line over TCP as fast as it is taken, for a time or so many times; says how many. In a process of its own. */
const { port, line, forMs, count } = JSON.parse(process.argv[2] ?? '{}') as Wanted;
const socket = connect(port, '127.0.0.1');
await once(socket, 'connect');
const lines = Buffer.from(line.repeat(block));
const until = performance.now() + forMs;
let sent = 0;
while (count === null ? performance.now() < until : sent < count) {
  sent += block;
  if (!socket.write(lines)) await once(socket, 'drain');
}
await new Promise<void>((done) => socket.end(() => done()));
process.send?.({ sent });
process.disconnect();
