import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, it, vi } from 'vitest';
import { parseLine } from '../../../src/listeners/syslog/parse-line.ts';
import { cefLine, eventSender } from '../../../src/sandbox/secret-server/event-sender.ts';
import { corp, healthyWorld } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { lockOut } from '../../../src/sandbox/secret-server/world/logins.ts';
import { onEvent } from '../../../src/sandbox/secret-server/world/world.ts';

it('writes lines that are read as what happened', () => {
  const world = healthyWorld();
  const lines: string[] = [];
  onEvent(world, (event) => lines.push(cefLine(event, { host: 'VAULT01', version: '11.2.000002' })));
  lockOut(world, corp.scanAccount, corp.applianceAddress);
  const events = lines.map((line) => parseLine(line, { receivedAt: Date.now(), timeZoneOf: () => 'UTC' }));
  const read = events.map((one) => ('event' in one ? one.event : one));
  expect(read.map((one) => ('action' in one ? one.action : one.problem))).toContain('account-locked');
  expect(read.at(0)).toMatchObject({
    action: 'login-failed',
    host: 'VAULT01',
    address: corp.applianceAddress,
  });
});

it('keeps events while nobody listens, and sends them in order', async () => {
  const world = healthyWorld();
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  const sender = eventSender(world, { host: '127.0.0.1', port });
  lockOut(world, corp.scanAccount, corp.applianceAddress);
  const chunks: Buffer[] = [];
  const late = createServer((socket) => socket.on('data', (chunk) => chunks.push(chunk)));
  const lines = () => Buffer.concat(chunks).toString('utf8').split('\n').filter(Boolean);
  late.listen(port, '127.0.0.1');
  const sent = () => lines().map((line) => line.split('|')[5] ?? '');
  await vi.waitFor(() => expect(sent().some((name) => /LOCKOUT|EDIT/.test(name))).toBe(true), 5_000);
  expect(sent()[0]).toBe('USER - LOGINFAILURE');
  sender.close();
  late.close();
});
