import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { addressRange } from '../src/domain/addresses.ts';
import { type SyslogListener, syslogListener } from '../src/listeners/syslog/listener.ts';
import { type Figure, inRounds, type Measure } from './kit/measure.ts';
import { sendLines } from './kit/sender.ts';

const seconds = 60;
const idleConnections = 1_000;
const everyMs = 500;

const valid =
  'Nov 24 02:00:00 VAULT01 CEF:0|Thycotic Software|Secret Server|11.3|16|USER - LOGIN|2|suser=somebody src=10.0.0.9 rt=Nov 24 2026 02:00:00\n';
const broken = [
  'CEF:0|Thycotic',
  'noise \\= \u0000 CEF:',
  'CEF:0|Other|Firewall|1|1|x|1|msg=y',
  '99999 half',
];
/** What a sender of rubbish sends: meaning, pieces without one, and a message that is never whole. */
const mixed = `${valid}${broken.join('\n')}\n${valid}`;
const oversized = `${'x'.repeat(80_000)}\n`;

/** Resident memory of the listener while everything comes at once; the senders are other processes. */
export const flood: Measure = {
  name: 'flood',
  title: `${seconds} s of lines at full speed, broken and oversized ones, ${idleConnections} idle connections`,
  peer: 'none: what counts is that memory stands still',
  rounds: 1,
  async take(rounds) {
    const taken = await inRounds(rounds, flooded);
    const figure = (what: string, unit: string, of: (one: Flooded) => number, atMost: number): Figure => ({
      ...{ what, unit, ours: taken.map(of), peer: [], compare: 'value', aim: { atMost } },
    });
    return {
      figures: [
        figure('resident memory, second half over first', 'MB', ({ grownMb }) => grownMb, 20),
        figure('resident memory at most, over the start', 'MB', ({ atMostMb }) => atMostMb, 200),
        figure('lines in quarantine', 'lines', ({ quarantined }) => quarantined, 125),
        figure('connections held', 'connections', ({ held }) => held, 256),
        figure('lines not counted', 'lines', ({ uncounted }) => uncounted, 0),
      ],
    };
  },
};

type Flooded = { grownMb: number; atMostMb: number; quarantined: number; held: number; uncounted: number };

async function flooded(): Promise<Flooded> {
  const listener = await openedListener();
  const port = listener.bound.tcp?.port ?? 0;
  const startMb = residentMb();
  const sending = Promise.all(
    [mixed, oversized].map((line) => sendLines({ port, line, forMs: seconds * 1_000 })),
  );
  await wait(2_000);
  const idle = Array.from({ length: idleConnections }, () => idleSocket(port));
  const seenMb: number[] = [];
  let held = 0;
  const watch = setInterval(() => {
    seenMb.push(residentMb());
    held = Math.max(held, listener.counters.connectionsOpen);
  }, everyMs);
  await sending;
  clearInterval(watch);
  for (const socket of idle) socket.destroy();
  await listener.close();
  const { lines, events, problems } = listener.counters;
  const half = Math.floor(seenMb.length / 2);
  return {
    grownMb: Math.max(...seenMb.slice(half)) - Math.max(...seenMb.slice(0, half)),
    atMostMb: Math.max(...seenMb) - startMb,
    quarantined: listener.quarantine().length,
    held,
    uncounted: lines - events - Object.values(problems).reduce((sum, one) => sum + one, 0),
  };
}

function openedListener(): Promise<SyslogListener> {
  return syslogListener({
    udp: null,
    tcp: { host: '127.0.0.1', port: 0 },
    tls: null,
    allow: [addressRange('127.0.0.1')].filter((range) => range !== undefined),
    timeZoneOf: () => 'UTC',
    now: Date.now,
    onEvent: () => undefined,
  });
}

/** Half a line, and then nothing. */
function idleSocket(port: number): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write('Nov 24 02:00:00 VAULT01 CEF:'));
  return socket.on('error', () => undefined);
}

const residentMb = () => process.memoryUsage.rss() / 1e6;
