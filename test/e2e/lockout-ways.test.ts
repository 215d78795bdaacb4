import { createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisIncidents } from '../../src/adapters/redis/incidents/incidents.ts';
import type { HappeningSeen } from '../../src/domain/observation.ts';
import type { Incidents } from '../../src/ports/incidents.ts';
import { type Certificate, issueCertificate } from '../../src/sandbox/secret-server/certificate.ts';
import { cefLine } from '../../src/sandbox/secret-server/event-sender.ts';
import { addUser } from '../../src/sandbox/secret-server/world/build.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { lockOut } from '../../src/sandbox/secret-server/world/logins.ts';
import type { WorldEvent } from '../../src/sandbox/secret-server/world/trail.ts';
import { onEvent } from '../../src/sandbox/secret-server/world/world.ts';
import { testRedis } from '../redis.ts';
import { corpLines, type Running, runningService, type Surroundings, surroundings } from './place.ts';

type Send = (line: string) => Promise<void>;

/** Secret Server's two words for one lockout. */
const forms = [
  { form: 'id 4', eventId: 4 },
  { form: 'USER - EDIT', eventId: 10100 },
] as const;

const ways = [
  { way: 'UDP', via: 'udp', send: byUdp },
  { way: 'TCP by lines', via: 'tcp', send: (line: string) => byTcp(`${line}\n`) },
  { way: 'TCP by counts', via: 'tcp', send: (line: string) => byTcp(`${Buffer.byteLength(line)} ${line}`) },
  { way: 'TLS', via: 'tls', send: byTls },
] as const satisfies readonly { way: string; via: string; send: Send }[];

const combinations = forms.flatMap(({ form, eventId }) =>
  ways.map(({ way, via, send }) => ({ way, form, eventId, via, send })),
);

/** An account for each, in an integration of its own: what locks at once in one integration shares a card. */
const accountOf = (at: number) => `svc-way-${at + 1}`;
const [byPoll, byAll] = [accountOf(combinations.length), accountOf(combinations.length + 1)];
const accounts = Array.from({ length: combinations.length + 2 }, (_, at) => accountOf(at));

const redis = testRedis();
let around: Surroundings;
let service: Running;
let incidents: Incidents;
let certificate: Certificate;

beforeAll(async () => {
  certificate = await issueCertificate();
  const here = '127.0.0.1:0';
  const tls = { address: here, certFile: 'listener.pem', keyFile: 'listener.key' };
  around = await surroundings(
    (vault) =>
      accounts.map((username) =>
        corpLines(vault, { name: `of-${username}`, scanAccounts: [{ username, domain: corp.domain }] }),
      ),
    { listeners: { syslog: { udp: here, tcp: here, tls } }, watch: { every: '8s', checksEvery: '6h' } },
  );
  writeFileSync(join(around.folder, 'listener.pem'), certificate.certificatePem);
  writeFileSync(join(around.folder, 'listener.key'), certificate.keyPem, { mode: 0o600 });
  const { world } = around.vault;
  const scanner = world.users.find(({ userName }) => userName === 'svc-qualys');
  if (!scanner) throw new Error('The healthy world has no scan account.');
  const { domainId, roleIds, restrictionIds } = scanner;
  for (const userName of accounts)
    addUser(world, { userName, domainId, roleIds, restrictionIds, isApplicationAccount: true });
  service = await runningService(around, redis.target(), { VAULTCHECK_DATA: join(around.folder, 'data') });
  incidents = redisIncidents(await redis.client('patient'), 86_400_000);
}, 60_000);

afterAll(async () => {
  await service?.stop();
  await around?.close();
});

/** What Secret Server would send of a lockout, by the id of the event. */
function locked(account: string): Map<number, string> {
  const { world } = around.vault;
  const events: WorldEvent[] = [];
  const stop = onEvent(world, (event) => void events.push(event));
  lockOut(world, `${corp.domain}\\${account}`, corp.applianceAddress);
  stop();
  const from = { host: 'VAULT01', version: world.settings.version };
  return new Map(events.map((event) => [Number(event.eventId), cefLine(event, from)]));
}

const port = (transport: 'udp' | 'tcp' | 'tls') => service.listener?.bound[transport]?.port ?? 0;

async function byUdp(line: string): Promise<void> {
  const socket = createSocket('udp4');
  await new Promise<void>((done) => socket.send(line, port('udp'), '127.0.0.1', () => done()));
  socket.close();
}

function byTcp(bytes: string): Promise<void> {
  const socket = connect(port('tcp'), '127.0.0.1');
  return new Promise((done, failed) => {
    socket.once('error', failed);
    socket.end(bytes, () => done());
  });
}

function byTls(line: string): Promise<void> {
  const socket = connectTls({ port: port('tls'), host: 'localhost', ca: certificate.caPem });
  return new Promise((done, failed) => {
    socket.once('error', failed);
    socket.once('secureConnect', () => socket.end(`${line}\n`, () => done()));
  });
}

/** How the lockout of an account was seen: each way once, or nothing as long as there is no incident. */
async function seenBy(account: string): Promise<HappeningSeen['via'][]> {
  const stored = await incidents.list({ states: ['open'], integration: `of-${account}`, limit: 10 });
  const records = await Promise.all(stored.map(({ key }) => incidents.record(key)));
  return records.flatMap(({ recent }) =>
    recent.filter(({ kind }) => kind === 'account-locked').flatMap(({ vias }) => vias),
  );
}

const cardsOf = (account: string) =>
  around.slack
    .messages('alerts')
    .filter(({ thread, text }) => thread === undefined && new RegExp(`LOCKED OUT.*${account}\\b`).test(text));

const until = { timeout: 60_000, interval: 100 };

describe('a lockout', { timeout: 90_000 }, () => {
  it.each(combinations.map((one, at) => ({ ...one, account: accountOf(at) })))(
    'as $form by $way is a card',
    async ({ account, eventId, via, send }) => {
      const line = locked(account).get(eventId);
      if (!line) throw new Error(`Secret Server sends no event ${eventId}.`);
      await send(line);
      await expect.poll(() => seenBy(account), until).toContain(via);
      await expect.poll(() => cardsOf(account).length, until).toBe(1);
    },
  );

  it('that no event tells is a card by the next poll', async () => {
    locked(byPoll);
    await expect.poll(() => seenBy(byPoll), until).toEqual(['poll']);
    await expect.poll(() => cardsOf(byPoll).length, until).toBe(1);
  });

  it('told by all ways in both forms at once is one card, and one lockout', async () => {
    const lines = locked(byAll);
    await Promise.all(combinations.map(({ eventId, send }) => send(lines.get(eventId) ?? '')));
    await expect
      .poll(() => seenBy(byAll), until)
      .toEqual(expect.arrayContaining(['udp', 'tcp', 'tls', 'poll']));
    await expect.poll(() => cardsOf(byAll).length, until).toBe(1);
    expect(await seenBy(byAll), 'each way once, all of one lockout').toHaveLength(4);
  });

  it('stays one card when the polls have seen it as well', async () => {
    for (const account of accounts) {
      await expect.poll(() => seenBy(account), { ...until, message: account }).toContain('poll');
      expect(cardsOf(account), account).toHaveLength(1);
    }
  });
});
