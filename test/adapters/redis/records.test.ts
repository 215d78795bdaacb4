import { beforeAll, describe, expect, it } from 'vitest';
import type { RedisClient } from '../../../src/adapters/redis/connect.ts';
import { key } from '../../../src/adapters/redis/keys.ts';
import { evictionProblem, redisPolicy } from '../../../src/adapters/redis/policy.ts';
import {
  redisAudits,
  redisBatches,
  redisKnownSecrets,
  redisProgress,
} from '../../../src/adapters/redis/records/answers.ts';
import {
  redisCommandLog,
  redisDeliveries,
  redisOnce,
  redisRefusals,
} from '../../../src/adapters/redis/records/once.ts';
import { redisReports } from '../../../src/adapters/redis/records/reports.ts';
import type { Report } from '../../../src/domain/report.ts';
import { testRedis } from '../../redis.ts';

const redis = testRedis();
let client: RedisClient;
beforeAll(async () => {
  client = await redis.client('hasty');
});

const dayMs = 86_400_000;

function report(runId: string, secret: string, finishedAt: string): Report {
  return {
    schema: 'vaultcheck.report/1',
    runId,
    integration: 'corp',
    subject: { secret, secretId: 42 },
    startedAt: finishedAt,
    finishedAt,
    overall: 'unknown',
    diagnosis: null,
    proof: { level: 'none', at: null, text: 'No trail.' },
    checks: [],
    calls: {},
  };
}

describe('reports', () => {
  it('gives back what was saved, newest first, and the newest of each secret', async () => {
    const reports = redisReports(client, dayMs);
    const old = report('r1', 'a:b', '2026-11-24T02:00:00.000Z');
    const young = report('r2', 'a:b', '2026-11-24T03:00:00.000Z');
    const other = report('r3', 'a', '2026-11-24T01:00:00.000Z');
    for (const one of [old, young, other]) await reports.save(one);
    expect(await reports.load('r1')).toEqual(old);
    expect(await reports.history('corp', 'a:b', 10)).toEqual([young, old]);
    expect(await reports.history('corp', 'a:b', 1)).toEqual([young]);
    expect((await reports.latest()).map(({ runId }) => runId).toSorted()).toEqual(['r2', 'r3']);
    expect(await reports.load('nobody')).toBeNull();
  });

  it('removes what is older than it keeps', async () => {
    const reports = redisReports(client, dayMs);
    await reports.save(report('r4', 'kept', '2026-11-20T02:00:00.000Z'));
    await reports.save(report('r5', 'kept', '2026-11-24T02:00:00.000Z'));
    expect((await reports.history('corp', 'kept', 10)).map(({ runId }) => runId)).toEqual(['r5']);
    expect(await client.pttl(key('report', 'r5'))).toBeGreaterThan(dayMs - 60_000);
  });

  it('takes a document it cannot read for none', async () => {
    const reports = redisReports(client, dayMs);
    await client.set(key('report', 'r6'), '{"schema":"vaultcheck.report/9"}');
    await client.set(key('report', 'r7'), '{"schema":');
    expect([await reports.load('r6'), await reports.load('r7')]).toEqual([null, null]);
  });
});

describe('once', () => {
  it('is claimed by one of many, and again after a release', async () => {
    const once = redisOnce(client);
    const claims = await Promise.all(Array.from({ length: 10 }, () => once.claim('envelope-1', 60_000)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    await once.release('envelope-1');
    expect(await once.claim('envelope-1', 60_000)).toBe(true);
  });
});

describe('small records', () => {
  it('keep deliveries, progress, audits, batches and refusals', async () => {
    const deliveries = redisDeliveries(client, dayMs);
    await deliveries.record('d1', { channel: 'C1', ts: '1.2' });
    await deliveries.record('d2', 'sent');
    expect([await deliveries.find('d1'), await deliveries.find('d2'), await deliveries.find('d3')]).toEqual([
      { channel: 'C1', ts: '1.2' },
      'sent',
      null,
    ]);
    const progress = redisProgress(client);
    await progress.waitingFor('r1', ['Secret Server']);
    expect(await progress.read('r1')).toEqual(['Secret Server']);
    await progress.ended('r1');
    expect(await progress.read('r1')).toBeNull();
    const refusals = redisRefusals(client);
    await refusals.remember('hash', 'Login failed.', 5);
    expect(await refusals.recall('hash')).toEqual({ text: 'Login failed.', at: 5 });
    const audit = {
      auditId: 'a1',
      integration: 'corp',
      subject: { kind: 'secret', name: 'x' },
      since: '2026-11-24T00:00:00Z',
      lines: [],
      gaps: [],
    } as const;
    const audits = redisAudits(client);
    await audits.save({ ...audit, lines: [], gaps: [] });
    expect(await audits.load('a1')).toEqual(audit);
    const batches = redisBatches(client, dayMs);
    const batch = {
      batchId: 'b1',
      startedAt: '2026-11-24T00:00:00Z',
      finishedAt: null,
      total: 2,
      rows: [],
      problems: [],
      unwatched: [],
    };
    await batches.save(batch);
    expect(await batches.load('b1')).toEqual(batch);
  });

  it('list known secrets by name, each once', async () => {
    const known = redisKnownSecrets(client);
    await known.remember('corp', ['zeta', 'alpha']);
    await known.remember('corp', ['alpha']);
    await known.remember('lab', []);
    expect(await known.list()).toEqual([
      { integration: 'corp', secret: 'alpha' },
      { integration: 'corp', secret: 'zeta' },
    ]);
  });

  it('keep the command log newest first and cut by age', async () => {
    const log = redisCommandLog(client, dayMs);
    const entry = (at: string, what: string) => ({
      at,
      person: 'U1',
      workspace: 'T1',
      channel: null,
      what,
      allowed: true,
    });
    await log.write(entry('2026-11-20T00:00:00.000Z', 'old'));
    await log.write(entry('2026-11-24T00:00:00.000Z', 'first'));
    await log.write(entry('2026-11-24T00:00:01.000Z', 'second'));
    expect((await log.read(10)).map(({ what }) => what)).toEqual(['second', 'first']);
  });
});

describe('eviction', () => {
  it('of the private Redis is off', async () => {
    expect(evictionProblem(await redisPolicy(client))).toBeNull();
  });

  it.each([
    ['allkeys-lru with a limit loses jobs', 'allkeys-lru', 1_000, /noeviction/],
    ['allkeys-lru without a limit never evicts', 'allkeys-lru', 0, null],
    ['noeviction with a limit is right', 'noeviction', 1_000, null],
  ] as const)('%s', (_, evictionPolicy, maxMemoryBytes, problem) => {
    const found = evictionProblem({ evictionPolicy, maxMemoryBytes });
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatch(problem);
  });
});
