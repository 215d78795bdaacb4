import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  type ActiveDirectoryOptions,
  activeDirectory,
} from '../../../src/adapters/directory/active-directory.ts';
import { memoryRefusals } from '../../../src/adapters/memory/refusals.ts';
import { type GapCause, GapError } from '../../../src/domain/gap.ts';
import {
  changePassword,
  disable,
  expire,
  expirePassword,
  lock,
  mustChange,
} from '../../../src/sandbox/directory/changes.ts';
import {
  type DirectorySimulatorOptions,
  simulateDirectory,
} from '../../../src/sandbox/directory/simulator.ts';
import type { DirectoryFailure } from '../../../src/sandbox/directory/switches.ts';
import { addDirectoryUser, healthyDirectory } from '../../../src/sandbox/directory/world.ts';
import { aRun } from '../../contracts/directory.ts';
import { textsOf } from '../../contracts/secrets-in-errors.ts';

const target = { logonName: 'scanadmin', principalName: null };

async function aDirectory(
  changed: Partial<ActiveDirectoryOptions> = {},
  simulated: DirectorySimulatorOptions = {},
) {
  const world = healthyDirectory({ canary: `canary-${randomUUID()}` });
  const server = await simulateDirectory({ world, ...simulated });
  const options: ActiveDirectoryOptions = {
    url: server.url,
    startTls: false,
    baseDn: world.baseDn,
    bindDn: server.bind.dn,
    bindPassword: () => server.bind.password,
    caPem: server.caPem,
    refusals: memoryRefusals(),
    now: Date.now,
    ...changed,
  };
  return {
    server,
    world,
    options,
    open: activeDirectory(options),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

type Given = Awaited<ReturnType<typeof aDirectory>>;

async function gapOf(question: Promise<unknown>) {
  const error = await question.then(
    (answer) => expect.fail(`It answered ${JSON.stringify(answer)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GapError)) throw error;
  return error;
}

function expectNothingSealed({ world, server }: Given, value: unknown): void {
  const texts = textsOf(value).join('\n');
  expect([world.canary, server.bind.password].filter((one) => texts.includes(one))).toEqual([]);
}

describe('a domain controller that misbehaves', () => {
  it.each<[DirectoryFailure, GapCause, string]>([
    ['hang', 'timed-out', 'did not answer in time'],
    ['refuse', 'unreachable', 'cannot be reached'],
    ['cut', 'unreachable', 'the connection was cut'],
    ['half-answer', 'malformed', 'half an answer'],
    ['web-page', 'malformed', 'no LDAP'],
    ['wrong-types', 'malformed', 'something unreadable for userAccountControl'],
    ['hidden', 'absent', 'does not show userAccountControl, msDS-User-Account-Control-Computed'],
    ['referral', 'absent', 'refers to another server'],
    [1, 'failing', 'could not carry out'],
    [3, 'timed-out', 'gave up'],
    [4, 'truncated', 'more entries'],
    [11, 'truncated', 'administrative limit'],
    [50, 'denied', 'Read on user accounts'],
    [51, 'throttled', 'is busy'],
    [52, 'failing', 'not available'],
    [80, 'failing', 'code 80'],
  ])('%s: %s', async (failure, cause, words) => {
    const isMute = failure === 'hang';
    await using given = await aDirectory(isMute ? { requestTimeoutMs: 300 } : {});
    given.server.switches.failure = failure;
    const run = aRun();
    const directory = given.open(run);
    const end = await gapOf(directory.account(target));
    const other = await directory.domain().catch((thrown: unknown) => thrown);
    run.end();
    expect(end.gap).toMatchObject({
      source: 'directory',
      cause,
      detail: expect.stringContaining(words),
    });
    for (const value of [end, other]) expectNothingSealed(given, value);
    expect(given.server.traffic.forbidden).toEqual([]);
  });

  it('that hangs while encryption begins is not waited for without limit', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      // Agrees to StartTLS (message 2, result 0) and then says nothing.
      socket.once('data', () => socket.write(Buffer.from('300c02010278070a010004000400', 'hex')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await using given = await aDirectory({
      url: `ldap://127.0.0.1:${port}`,
      startTls: true,
      requestTimeoutMs: 300,
    });
    const run = aRun();
    const end = await gapOf(given.open(run).domain());
    run.end();
    expect(end.gap.cause).toBe('timed-out');
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it('is given up at the deadline, with its connection', async () => {
    await using given = await aDirectory();
    given.server.switches.failure = 'hang';
    const run = aRun();
    const ended = gapOf(given.open(run).account(target));
    await expect.poll(() => given.server.traffic.connections).toBe(1);
    run.end();
    expect((await ended).gap).toMatchObject({
      cause: 'timed-out',
      detail: expect.stringContaining('deadline of the run'),
    });
    await expect.poll(() => given.server.traffic.openConnections).toBe(0);
  });

  it('and cut the connection once is asked again over a new one, with a login', async () => {
    await using given = await aDirectory();
    const run = aRun();
    const directory = given.open(run);
    await directory.domain();
    Object.assign(given.server.switches, { failure: 'cut', times: 1 });
    expect((await gapOf(directory.account(target))).gap.cause).toBe('unreachable');
    expect(await directory.account(target)).toMatchObject({ name: 'scanadmin' });
    run.end();
    expect(given.server.traffic.binds.map(({ code }) => code)).toEqual([0, 0]);
  });

  it('is not dialled anew for every question of a run', async () => {
    await using given = await aDirectory();
    given.server.switches.failure = 'refuse';
    const run = aRun();
    const directory = given.open(run);
    for (const _ of [1, 2, 3]) await gapOf(directory.account(target));
    run.end();
    expect(given.server.traffic.connections).toBe(1);
  });
});

describe('our own login', () => {
  it.each<[string, (given: Given) => void, string]>([
    ['locked', ({ world }) => lock(world, 'svc-vaultcheck'), 'the account is locked out'],
    ['disabled', ({ world }) => disable(world, 'svc-vaultcheck'), 'the account is disabled'],
    ['expired', ({ world }) => expire(world, 'svc-vaultcheck'), 'the account has expired'],
    [
      'with an old password',
      ({ world }) => expirePassword(world, 'svc-vaultcheck'),
      'its password has expired',
    ],
    ['that must change', ({ world }) => mustChange(world, 'svc-vaultcheck'), 'must be changed first'],
    ['of another password', ({ world }) => changePassword(world, 'svc-vaultcheck'), 'wrong password'],
  ])('%s is refused with its reason, once for all runs', async (_, change, words) => {
    await using given = await aDirectory();
    change(given);
    const first = await gapOf(given.open(aRun()).account(target));
    const second = await gapOf(given.open(aRun()).domain());
    expect(first.gap).toMatchObject({ cause: 'denied', detail: expect.stringContaining(words) });
    expect(second.gap.detail).toContain('not tried again');
    expect(given.server.traffic.binds).toHaveLength(1);
    for (const end of [first, second]) expectNothingSealed(given, end);
  });

  it('is tried again once the password is another one', async () => {
    let password = 'the wrong one';
    await using given = await aDirectory({ bindPassword: () => password });
    await gapOf(given.open(aRun()).account(target));
    password = given.server.bind.password;
    const run = aRun();
    expect(await given.open(run).account(target)).toMatchObject({ name: 'scanadmin' });
    run.end();
  });

  it('is the only one that is ever made, whoever is looked at', async () => {
    await using given = await aDirectory();
    addDirectoryUser(given.world, { name: 'other' });
    const run = aRun();
    const directory = given.open(run);
    for (const name of ['scanadmin', 'svc-qualys', 'other', 'nobody'])
      await directory.account({ logonName: name, principalName: `${name}@corp.example` });
    await directory.domain();
    run.end();
    const { binds, forbidden } = given.server.traffic;
    expect(new Set(binds.map(({ name }) => name))).toEqual(new Set([given.server.bind.dn]));
    expect(forbidden).toEqual([]);
    // No question has a place for a password.
    expect([directory.account.length, directory.domain.length]).toEqual([1, 0]);
    expect(given.world.users.map(({ badPasswords }) => badPasswords)).toEqual(given.world.users.map(() => 0));
  });

  it.each(['wrong-name', 'untrusted', 'expired'] as const)(
    'is not sent where the certificate is %s',
    async (certificate) => {
      await using given = await aDirectory({}, { certificate });
      const { plainUrl } = given.server;
      const later = activeDirectory({ ...given.options, url: plainUrl, startTls: true });
      for (const open of [given.open, later]) {
        const end = await gapOf(open(aRun()).account(target));
        expect(end.gap).toMatchObject({
          cause: 'unreachable',
          detail: expect.stringContaining('certificate'),
        });
      }
      expect(given.server.traffic.binds).toEqual([]);
    },
  );

  it('is not sent in clear, but to this machine or where that was accepted', async () => {
    await using given = await aDirectory({}, { takesClearPasswords: true });
    const clear = { ...given.options, url: 'ldap://dc01.corp.example' };
    const end = await gapOf(activeDirectory(clear)(aRun()).domain());
    expect(end.gap).toMatchObject({ cause: 'not-configured', detail: expect.stringContaining('in clear') });
    const run = aRun();
    const here = activeDirectory({ ...given.options, url: given.server.plainUrl });
    expect(await here(run).account(target)).toMatchObject({ name: 'scanadmin' });
    run.end();
  });

  it('is not sent with an empty password, which some servers take for nobody', async () => {
    await using given = await aDirectory({ bindPassword: () => '' });
    const end = await gapOf(given.open(aRun()).domain());
    expect(end.gap).toMatchObject({ cause: 'not-configured', detail: expect.stringContaining('empty') });
    expect(given.server.traffic.connections).toBe(0);
  });

  it('over a connection that wants encryption says so, and is not remembered as refused', async () => {
    await using given = await aDirectory();
    const here = activeDirectory({ ...given.options, url: given.server.plainUrl });
    const ends = [await gapOf(here(aRun()).domain()), await gapOf(here(aRun()).domain())];
    expect(ends.map(({ gap }) => gap.cause)).toEqual(['denied', 'denied']);
    expect(ends[1]?.gap.detail).toContain('startTls: true');
  });
});

describe('where nobody is', () => {
  it.each<[string, string]>([
    ['ldaps://localhost:1', 'nothing listens on that port'],
    ['ldaps://no-such-host.invalid', 'its name does not resolve'],
  ])('%s is unreachable: %s', async (url, words) => {
    await using given = await aDirectory({ url });
    const run = aRun();
    const end = await gapOf(given.open(run).domain());
    run.end();
    expect(end.gap).toMatchObject({ cause: 'unreachable', detail: expect.stringContaining(words) });
  });
});
