import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DirectoryAccount } from '../../src/domain/evidence/directory.ts';
import { GapError, type GapSource } from '../../src/domain/gap.ts';
import type { AccountNames, Directory, OpenDirectory } from '../../src/ports/directory.ts';
import { textsOf } from './secrets-in-errors.ts';

/** What an account of a place can be. Each is there once, called as `names` says. */
export const states = [
  'healthy',
  'locked',
  'lockRanOut',
  'disabled',
  'expired',
  'passwordExpired',
  'mustChange',
  'neverExpires',
] as const;
export type State = (typeof states)[number];

/** How a directory is asked otherwise than it should be. */
export type Variant = 'encrypted-later' | 'wrong-password' | 'unknown-authority' | 'no-such-base';

/** A real server of some kind with one account per state, made once for the suite. */
export type DirectoryPlace = {
  open: OpenDirectory;
  /** The same server asked another way, with nothing remembered of other runs but of this very opening. */
  openAs(variant: Variant): OpenDirectory;
  domain: { dnsName: string; netbiosName: string };
  names: Record<State, string>;
  /** The explicit principal name of the healthy account, other than its logon name. */
  principalName: string;
  /** An account whose logon name holds brackets. */
  hostileName: string;
  setPassword(name: string): Promise<void>;
  /** What must appear nowhere: passwords and attributes that nobody needs. */
  sealed(): string[];
  close(): Promise<void>;
};

const plain = {
  enabled: true,
  locked: false,
  lockedAt: null,
  expires: null,
  mustChangePassword: false,
} as const;
const moment = expect.any(Number);

const expected: Record<State, Partial<Record<keyof DirectoryAccount, unknown>>> = {
  healthy: { ...plain, passwordLastSet: moment, passwordExpired: false, passwordExpires: moment },
  locked: { ...plain, locked: true, lockedAt: moment, passwordExpired: false },
  lockRanOut: { ...plain, passwordExpired: false },
  disabled: { ...plain, enabled: false },
  expired: { ...plain, expires: moment },
  passwordExpired: { ...plain, passwordExpired: true, passwordExpires: moment },
  mustChange: { ...plain, mustChangePassword: true, passwordLastSet: null, passwordExpired: true },
  neverExpires: { ...plain, passwordExpired: false, passwordExpires: null },
};

const byLogon = (logonName: string): AccountNames => ({ logonName, principalName: null });
const byPrincipal = (principalName: string): AccountNames => ({ logonName: null, principalName });

/** Names that would mean something else, if any of their characters became part of a question. */
const hostileNames = [
  '*',
  'scan*',
  'scan)(objectClass=*',
  '*)(|(objectClass=*)',
  'a\\b',
  '\\2a',
  'nul\u0000byte',
  'ﬁnd❤️me',
  ' ',
  '(&(objectClass=user))',
  '\uD800',
  'x'.repeat(5000),
];

/** What every directory must tell, whoever asks it. Start-up may take long: a real one is provisioned first. */
export function directoryContract(name: string, makePlace: () => Promise<DirectoryPlace>): void {
  describe(`the directory contract: ${name}`, () => {
    let place: DirectoryPlace;
    beforeAll(async () => {
      place = await makePlace();
    }, 120_000);
    afterAll(() => place?.close());

    const account = (names: AccountNames) => asked(place.open, (directory) => directory.account(names));

    it.each(states)('tells an account that is %s', async (state) => {
      // A real controller lets a lock run out in its own time.
      await vi.waitFor(async () => {
        const found = await account(byLogon(place.names[state]));
        expect(found).toMatchObject({ name: place.names[state], ...expected[state] });
      }, 10_000);
    });

    it('tells past moments of what has passed', async () => {
      const now = Date.now();
      expect((await account(byLogon(place.names.expired)))?.expires).toBeLessThan(now);
      expect((await account(byLogon(place.names.passwordExpired)))?.passwordExpires).toBeLessThan(now);
      expect((await account(byLogon(place.names.locked)))?.lockedAt).toBeLessThan(now + 5000);
    });

    it('knows no account that is not there', async () => {
      expect(await account(byLogon('no-such-account'))).toBeNull();
      expect(await account(byPrincipal('no-such-account@corp.example'))).toBeNull();
      expect(await account({ logonName: null, principalName: null })).toBeNull();
    });

    it('finds a logon name whatever its case, and a principal name before a logon name', async () => {
      const { healthy, neverExpires } = place.names;
      expect(await account(byLogon(healthy.toUpperCase()))).toMatchObject({ name: healthy });
      expect(await account(byPrincipal(place.principalName))).toMatchObject({ name: healthy });
      const both = { principalName: place.principalName, logonName: neverExpires };
      expect(await account(both)).toMatchObject({ name: healthy });
      const second = { principalName: 'nobody@corp.example', logonName: neverExpires };
      expect(await account(second)).toMatchObject({ name: neverExpires });
    });

    it.each(hostileNames)('takes %j for a name and nothing else', async (hostile) => {
      expect(await account(byLogon(hostile))).toBeNull();
      expect(await account(byPrincipal(hostile))).toBeNull();
    });

    it('finds an account whose name holds what filters are made of', async () => {
      expect(await account(byLogon(place.hostileName))).toMatchObject({ name: place.hostileName });
    });

    it('tells a changed password by its time', async () => {
      const before = await account(byLogon(place.names.healthy));
      await place.setPassword(place.names.healthy);
      const after = await account(byLogon(place.names.healthy));
      expect(after?.passwordLastSet).toBeGreaterThan(before?.passwordLastSet ?? Number.POSITIVE_INFINITY);
      expect(after?.passwordLastSet).toBeGreaterThan(Date.now() - 60_000);
    });

    it('names its domain, and how its clock stands to ours', async () => {
      const domain = await asked(place.open, (directory) => directory.domain());
      const netbiosName = await asked(place.open, (directory) => directory.netbiosName());
      expect({ ...domain, netbiosName }).toMatchObject(place.domain);
      expect(Math.abs(domain.skewMs)).toBeLessThan(5000);
    });

    it('is asked the same way where the connection is encrypted later', async () => {
      const open = place.openAs('encrypted-later');
      const found = await asked(open, (directory) => directory.account(byLogon(place.names.healthy)));
      expect(found).toMatchObject({ name: place.names.healthy });
    });

    it('has one connection per run, and counts each operation', async () => {
      const run = aRun();
      const directory = place.open(run);
      for (const state of states) await directory.account(byLogon(place.names[state]));
      run.end();
      // One login, and one search for each.
      expect(run.sent()).toEqual(['directory', ...states.map(() => 'directory')]);
    });

    it('looks in one search for those that are asked for at once, and mixes none up', async () => {
      const run = aRun();
      const directory = place.open(run);
      const found = await Promise.all(states.map((state) => directory.account(byLogon(place.names[state]))));
      expect(found.map((one) => one?.name)).toEqual(states.map((state) => place.names[state]));
      expect(run.sent()).toHaveLength(2);
      const asked = [byLogon('no-such-account'), byPrincipal(place.principalName.toUpperCase())];
      const [nobody, healthy] = await Promise.all(asked.map((names) => directory.account(names)));
      run.end();
      expect([nobody, healthy?.name]).toEqual([null, place.names.healthy]);
    });

    it('never tries a refused password again, in whatever run', async () => {
      const open = place.openAs('wrong-password');
      const ends = [await endOf(open), await endOf(open)];
      expect(ends.map(causeOf)).toEqual(['denied', 'denied']);
      expect(ends.map((end) => end.sent)).toEqual([1, 0]);
      expect(detailOf(ends[0])).toContain('unknown account or wrong password');
      expect(detailOf(ends[1])).toContain('not tried again until the password changes');
      expectNothingSealed(ends);
    });

    it.each<[Variant, string]>([
      ['unknown-authority', 'unreachable'],
      ['no-such-base', 'absent'],
    ])('%s: %s, said to people and without a secret', async (variant, cause) => {
      const end = await endOf(place.openAs(variant));
      expect(causeOf(end)).toBe(cause);
      expect(detailOf(end)).toMatch(/^[A-Z].*[.!?…]$/);
      expectNothingSealed([end]);
    });

    it('gives up at the deadline of the run', async () => {
      const run = aRun();
      run.end();
      await expect(place.open(run).domain()).rejects.toMatchObject({ gap: { cause: 'timed-out' } });
    });

    function expectNothingSealed(values: unknown[]): void {
      const texts = values.flatMap((value) => textsOf(value)).join('\n');
      expect(place.sealed().filter((secret) => texts.includes(secret))).toEqual([]);
    }

    async function endOf(open: OpenDirectory) {
      const run = aRun();
      const error = await open(run)
        .account(byLogon(place.names.healthy))
        .then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
      run.end();
      return { error, sent: run.sent().length };
    }
  });
}

type End = { error: unknown };

function causeOf(end: End | undefined): unknown {
  return end?.error instanceof GapError ? end.error.gap.cause : end?.error;
}

function detailOf(end: End | undefined): string {
  return end?.error instanceof GapError ? end.error.gap.detail : '';
}

/** A run that can be ended, and what it was told of. */
export function aRun() {
  const ending = new AbortController();
  const sent: GapSource[] = [];
  return {
    signal: ending.signal,
    sent: (source?: GapSource) => {
      if (source) sent.push(source);
      return sent;
    },
    end: () => ending.abort(new Error('The run has ended.')),
  };
}

/** One question in a run of its own. */
async function asked<T>(open: OpenDirectory, ask: (directory: Directory) => Promise<T>): Promise<T> {
  const run = aRun();
  try {
    return await ask(open(run));
  } finally {
    run.end();
  }
}
