import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { keyPrefix } from '../../src/adapters/redis/keys.ts';
import type { HappeningSeen } from '../../src/domain/observation.ts';
import { bullProducer } from '../../src/queue/producer.ts';
import { cefLine } from '../../src/sandbox/secret-server/event-sender.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { lockOut } from '../../src/sandbox/secret-server/world/logins.ts';
import { onEvent } from '../../src/sandbox/secret-server/world/world.ts';
import { openPlace, type Place } from './place.ts';
import { openClient } from './redis-client.ts';
import { exactly, type Scenario } from './scenario.ts';
import { settled } from './told.ts';

const accounts = 5;

export const duplicates: Scenario = {
  name: 'duplicates',
  title: 'the same events by UDP, TCP in both framings, TLS and a poll at once',
  async run({ tell }) {
    const place = await openPlace({ accounts, accountsEach: 1 });
    try {
      const lines = lockedLines(place);
      await Promise.all([
        byUdp(place, lines),
        byTcp(
          place,
          lines.map((line) => `${line}\n`),
        ),
        byTcp(
          place,
          lines.map((line) => `${Buffer.byteLength(line)} ${line}`),
        ),
        byTls(place, lines),
        byPoll(place),
      ]);
      const told = await settled(place);
      const stored = await place.incidents.list({ states: ['open'], limit: 100 });
      const ways = await waysSeen(
        place,
        stored.map(({ key }) => key),
      );
      tell(`lockouts were seen by ${ways.join(', ')}`);
      return [
        exactly('incidents', accounts, stored.length),
        exactly('cards', accounts, told.cards),
        exactly('messages posted twice', 0, told.secondCards + told.secondLines),
        exactly('ways that each lockout was seen by (UDP, TCP, TLS, poll)', 4, ways.length),
        exactly(
          'lockouts counted in all',
          accounts,
          await lockoutsCounted(
            place,
            stored.map(({ key }) => key),
          ),
        ),
      ];
    } finally {
      await place.close();
    }
  },
};

/** Every account locks; what Secret Server would send of it. */
function lockedLines({ vault: { world }, accounts: names }: Place): string[] {
  const lines: string[] = [];
  const stop = onEvent(world, (event) => {
    lines.push(cefLine(event, { host: 'VAULT01', version: world.settings.version }));
  });
  for (const name of names) lockOut(world, name, corp.applianceAddress);
  stop();
  return lines;
}

async function byUdp({ ports }: Place, lines: readonly string[]): Promise<void> {
  const socket = createSocket('udp4');
  for (const line of lines)
    await new Promise<void>((resolve) => socket.send(line, ports.udp, '127.0.0.1', () => resolve()));
  socket.close();
}

function byTcp({ ports }: Place, pieces: readonly string[]): Promise<void> {
  const socket = connect(ports.tcp, '127.0.0.1');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.end(pieces.join(''), () => resolve());
  });
}

function byTls({ ports, caPem }: Place, lines: readonly string[]): Promise<void> {
  const socket = connectTls({ port: ports.tls, host: 'localhost', ca: caPem });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('secureConnect', () =>
      socket.end(lines.map((line) => `${line}\n`).join(''), () => resolve()),
    );
  });
}

/** What a poll of the accounts' audits gives, on its way to the queue. */
async function byPoll({ redis, accounts: names }: Place): Promise<void> {
  const connection = openClient(redis.port);
  const producer = bullProducer({ connection, prefix: keyPrefix, onError: () => {} });
  for (const [at, account] of names.entries())
    await producer.add({ kind: 'observe', version: 1, observation: polled(account, `site-${at + 1}`) });
  await producer.close();
  connection.disconnect();
}

function polled(account: string, integration: string): HappeningSeen {
  return {
    ...{ kind: 'account-locked', integration, account, secret: null, at: Date.now(), seenAt: Date.now() },
    ...{ source: 'poll', via: 'poll', address: null, origin: 'unknown', appliance: null },
    ...{ reason: 'LoginFailures', details: null },
  };
}

const lockoutsOf = async ({ incidents }: Place, keys: readonly string[]) => {
  const records = await Promise.all(keys.map((key) => incidents.record(key)));
  return records.map(({ recent }) => recent.filter(({ kind }) => kind === 'account-locked'));
};

async function lockoutsCounted(place: Place, keys: readonly string[]): Promise<number> {
  return (await lockoutsOf(place, keys)).flat().length;
}

/** Those that brought every one of them. What came last may still be on its way. */
async function waysSeen(place: Place, keys: readonly string[]): Promise<string[]> {
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    const seen = (await lockoutsOf(place, keys)).map((list) => list.flatMap(({ vias }) => vias));
    const ways = [...new Set(seen.flat())].filter((way) => seen.every((vias) => vias.includes(way)));
    if (ways.length >= 4 || Date.now() > giveUpAt) return ways;
    await wait(200);
  }
}
