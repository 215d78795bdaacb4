import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseSavedEvidence, replay } from '../../src/app/saved-evidence.ts';
import { type VerifyRequest, verify } from '../../src/app/verify.ts';
import { checks } from '../../src/checks/index.ts';
import { Report } from '../../src/domain/report.ts';
import { clock, integrationOf, refused, secret, silent, type World } from './world.ts';

function verified(world: World = {}, changed: Partial<VerifyRequest> = {}) {
  const runs = [{ runId: 'run-1', secret: 'scanadmin' }];
  const common = { deadlineMs: 5000, clock, checks, version: '0.1.0', runs };
  return verify({ integration: integrationOf(world), ...common, ...changed });
}

const manyRuns = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ runId: `run-${at}`, secret: `secret-${at}` }));

describe('verifying', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('answers with every check once, in the form of the contract', async () => {
    const [one] = await verified();
    expect(Report.safeParse(one?.report).error?.issues).toBeUndefined();
    expect(one?.report.checks.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
    expect(one?.report).toMatchObject({
      runId: 'run-1',
      integration: 'corp',
      subject: { secret: 'scanadmin', secretId: 42 },
    });
  });

  it('asks for nothing that no check and no proof needs', async () => {
    const asked: string[] = [];
    await verified({ asked }, { checks: [] });
    expect(asked.some((one) => one.startsWith('rolesOf'))).toBe(false);
    const all: string[] = [];
    await verified({ asked: all });
    expect(all.some((one) => one.startsWith('rolesOf'))).toBe(true);
    // Without a scan group and with one account, the check that would ask does not apply.
    expect(all.some((one) => one.startsWith('groupsNamed'))).toBe(false);
  });

  it('gives all reports of a batch in order, with one count of calls', async () => {
    const ids = new Map<string, number>();
    const secretsNamed = async (name: string) => {
      ids.set(name, ids.get(name) ?? ids.size);
      return [secret(ids.get(name) ?? 0, name)];
    };
    const asked: string[] = [];
    const seen: string[] = [];
    const onReport = (report: Report) => seen.push(report.subject.secret);
    const all = await verified({ asked, vault: { secretsNamed } }, { runs: manyRuns(40), onReport });
    expect(all.map(({ report }) => report.runId)).toEqual(manyRuns(40).map(({ runId }) => runId));
    expect(seen.sort()).toEqual(
      manyRuns(40)
        .map((one) => one.secret)
        .sort(),
    );
    const counts = new Set(all.map(({ report }) => report.calls['secret-server']));
    expect(counts.size).toBe(1);
    expect(asked.filter((one) => one.startsWith('usersNamed'))).toHaveLength(1);
    expect(asked.filter((one) => one.startsWith('auditOfSecret'))).toHaveLength(40);
  });

  it('works on a few secrets at a time', async () => {
    let open = 0;
    let most = 0;
    const secretsNamed = async (name: string) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise(setImmediate);
      open -= 1;
      return [secret(1, name)];
    };
    await verified({ vault: { secretsNamed } }, { runs: manyRuns(30) });
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('ends at its deadline, and what did not answer is unknown', async () => {
    vi.useFakeTimers();
    const running = verified({ vault: { secretsNamed: silent } }, { deadlineMs: 3000 });
    await vi.advanceTimersByTimeAsync(3100);
    const [one] = await running;
    const readable = one?.report.checks.find(({ id }) => id === 'secret-readable');
    expect(readable).toMatchObject({ verdict: 'unknown', gaps: [{ cause: 'timed-out' }] });
    expect(one?.report.checks.find(({ id }) => id === 'account-enabled')?.verdict).toBe('pass');
  });

  it('judges what is known when it is told to stop', async () => {
    const stop = new AbortController();
    const running = verified({ vault: { secretsNamed: silent } }, { signal: stop.signal });
    setImmediate(() => stop.abort());
    expect((await running)[0]?.report.overall).toBe('unknown');
  });

  it('never passes what nobody answered', async () => {
    const names = [
      'health',
      'soapDescription',
      'signIn',
      'self',
      'configuration',
      'accountsNamed',
      'usersNamed',
      'secretsNamed',
    ];
    const vault = Object.fromEntries([...names, 'now', 'groupsNamed'].map((name) => [name, refused]));
    const network = { resolve: refused, connect: refused, handshake: refused };
    const [one] = await verified({ vault, network });
    expect(one?.report.checks.filter(({ verdict }) => verdict === 'pass')).toEqual([]);
    expect(one?.report.proof.level).toBe('none');
  });

  it('counts runs and readings', async () => {
    const told: string[] = [];
    const telemetry = {
      runFinished: () => told.push('run'),
      readingFinished: ({ key }: { key: string }) => told.push(key),
      vendorCalled: () => {},
      slackCalled: () => {},
      commandAcknowledged: () => {},
      jobStarted: () => {},
      jobFinished: () => {},
    };
    await verified({}, { telemetry });
    expect(told.filter((one) => one === 'run')).toHaveLength(1);
    expect(told.filter((one) => one === 'scanUsers')).toHaveLength(1);
  });
});

describe('the evidence of a run', () => {
  it.each<[string, World]>([
    ['healthy', {}],
    ['with gaps', { vault: { secretsNamed: refused, rolesOf: refused } }],
    [
      'with settings of every kind',
      { settings: { scanGroup: 'Scanners', folder: '\\Scan', timeZone: 'Europe/Berlin' } },
    ],
  ])('gives the very report again: %s', async (_, world) => {
    const [one] = await verified(world);
    const saved = parseSavedEvidence(JSON.stringify(one?.evidence));
    expect(replay(saved, checks)).toEqual(one?.report);
  });
});
