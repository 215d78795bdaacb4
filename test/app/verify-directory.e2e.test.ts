import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import {
  changePassword,
  disable,
  enable,
  expirePassword,
  lock,
  lockRunOut,
  unlock,
} from '../../src/sandbox/directory/changes.ts';
import { simulateDirectory } from '../../src/sandbox/directory/simulator.ts';
import { healthyDirectory } from '../../src/sandbox/directory/world.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { heartbeat, typePassword } from '../../src/sandbox/secret-server/world/keepers.ts';
import { aVaultToVerify } from './end-to-end.ts';
import { directoryFrom } from './simulated-directory.ts';

/** Secret Server and the directory of its domain, side by side. */
async function aDomainToVerify() {
  const directory = await simulateDirectory({
    world: healthyDirectory({ canary: 'canary-of-the-directory' }),
  });
  const { url, world } = directory;
  const { baseDn } = world;
  const settings = { directory: { url, baseDn, accounts: { [corp.secret]: 'CORP\\scanadmin' } } };
  const vault = await aVaultToVerify({}, settings);
  vault.integration.sources.directory = directoryFrom(directory);
  return {
    directory,
    vault,
    report: async () => {
      const [one] = await vault.verify();
      if (!one) throw new Error('no report');
      return one.report;
    },
    async [Symbol.asyncDispose]() {
      await vault[Symbol.asyncDispose]();
      await directory.close();
    },
  };
}

type Given = Awaited<ReturnType<typeof aDomainToVerify>>;

const ofDirectory = ({ checks }: Report) =>
  Object.fromEntries(
    checks.filter(({ section }) => section === 'directory').map(({ id, verdict }) => [id, verdict]),
  );

const [usable, scanUsable, inStep] = [
  'directory-account-usable',
  'directory-scan-account-usable',
  'password-in-step',
] as const;

describe('a check with a directory', () => {
  it('passes the healthy world, over one connection that is gone afterwards', async () => {
    await using given = await aDomainToVerify();
    const report = await given.report();
    expect(report.checks.filter(({ verdict }) => !['pass', 'skipped'].includes(verdict))).toEqual([]);
    expect(ofDirectory(report)).toEqual({ [usable]: 'pass', [scanUsable]: 'pass', [inStep]: 'pass' });
    expect(report.proof.level).toBe('proved');
    const { traffic } = given.directory;
    expect(report.calls.directory).toBe(traffic.binds.length + traffic.searches.length);
    expect(traffic).toMatchObject({ connections: 1, forbidden: [] });
    await expect.poll(() => traffic.openConnections).toBe(0);
    expect(JSON.stringify(report)).not.toContain('canary');
  });

  it.each<[string, (given: Given) => void, Partial<Record<string, string>>, string | undefined]>([
    [
      'the target account is locked',
      ({ directory }) => lock(directory.world, 'scanadmin'),
      { [usable]: 'fail' },
      usable,
    ],
    ['its lock has run out', ({ directory }) => lockRunOut(directory.world, 'scanadmin'), {}, undefined],
    [
      'it was locked and disabled, and is no more',
      ({ directory: { world } }) => {
        for (const happens of [lock, disable, unlock, enable]) happens(world, 'scanadmin');
      },
      {},
      undefined,
    ],
    [
      'the scan account is disabled',
      ({ directory }) => disable(directory.world, 'svc-qualys'),
      { [scanUsable]: 'fail' },
      scanUsable,
    ],
    [
      'the password expired',
      ({ directory }) => expirePassword(directory.world, 'scanadmin'),
      { [usable]: 'fail' },
      usable,
    ],
    [
      'the password was changed in the directory alone, and the heartbeat has not noticed',
      ({ directory }) => changePassword(directory.world, 'scanadmin'),
      { [inStep]: 'warn' },
      undefined,
    ],
    [
      'and it has',
      ({ directory, vault }) => {
        changePassword(directory.world, 'scanadmin');
        heartbeat(vault.server.world, corp.secret, 'Failed');
      },
      { [inStep]: 'fail' },
      inStep,
    ],
    [
      'the password was changed in the directory and a heartbeat worked since',
      ({ directory, vault }) => {
        changePassword(directory.world, 'scanadmin', Date.now() - 60_000);
        heartbeat(vault.server.world, corp.secret, 'Success');
      },
      {},
      undefined,
    ],
    [
      'somebody typed another password into the secret',
      ({ vault }) => typePassword(vault.server.world, corp.administrator, corp.secret),
      { [inStep]: 'warn' },
      undefined,
    ],
  ])('%s', async (_, happen, expected, cause) => {
    await using given = await aDomainToVerify();
    happen(given);
    const report = await given.report();
    const healthy = { [usable]: 'pass', [scanUsable]: 'pass', [inStep]: 'pass' };
    expect(ofDirectory(report)).toEqual({ ...healthy, ...expected });
    if (cause) expect(report.diagnosis).toMatchObject({ kind: 'cause', check: cause });
  });

  it.each(['hang', 'refuse', 'half-answer', 51] as const)(
    'a directory that fails (%s) is unknown',
    async (failure) => {
      await using given = await aDomainToVerify();
      given.directory.switches.failure = failure;
      const report = await given.report();
      expect(ofDirectory(report)).toEqual({
        [usable]: 'unknown',
        [scanUsable]: 'unknown',
        [inStep]: 'unknown',
      });
      expect(report.proof).toMatchObject({
        level: 'partial',
        text: expect.stringContaining('Could not be read'),
      });
    },
  );

  it('a password of the scan account that changed since makes the proof no proof', async () => {
    await using given = await aDomainToVerify();
    changePassword(given.directory.world, 'svc-qualys', Date.now() - 60_000);
    expect(await given.report()).toMatchObject({ proof: { level: 'partial' } });
  });
});
