import { expect, it } from 'vitest';
import { redisJournal } from '../../src/adapters/redis/journal.ts';
import { redisListening } from '../../src/adapters/redis/records/listening.ts';
import { redisMarks } from '../../src/adapters/redis/records/marks.ts';
import { dayMs } from '../../src/domain/instant.ts';
import { openMetrics } from '../../src/ops/metrics.ts';
import { measureLooks } from '../../src/roles/look-schedules.ts';
import { context } from '../given.ts';
import { testRedis } from '../redis.ts';

const redis = testRedis();
const now = Date.UTC(2026, 10, 24);

it('tells how long ago each source last told something, and says of one that never did that it is endless', async () => {
  const client = await redis.client('hasty');
  const metrics = openMetrics();
  const keep = { reports: dayMs, journal: dayMs, incidents: dayMs, commands: dayMs };
  const given = {
    integrations: [{ settings: context().settings }],
    redis: { hasty: client },
    metrics,
    clock: { now: () => now },
    config: { keep, listeners: { syslog: {} } },
  };
  measureLooks(given as unknown as Parameters<typeof measureLooks>[0]);
  const page = async () => (await metrics.page()).text;
  for (const line of [
    'look_age_seconds{integration="corp",look="poll"}',
    'event_age_seconds{integration="corp"}',
    'listener_age_seconds',
  ])
    expect(await page()).toContain(`vaultcheck_${line} +Inf`);
  await redisMarks(client).advance('corp', 'poll', now - 5_000);
  await redisListening(client).save('one', { since: now - 90_000, until: now - 7_000 });
  await redisListening(client).save('two', { since: now - 90_000, until: now - 80_000 });
  const event = {
    integration: 'corp',
    at: now - 99_000,
    seenAt: now - 9_000,
    via: 'udp',
    action: 'login',
  } as const;
  const rest = { event: '16 USER - LOGIN', account: null, secret: null, address: null, reason: null };
  await redisJournal(client, dayMs).write([{ ...event, ...rest }]);
  expect(await page()).toContain('vaultcheck_look_age_seconds{integration="corp",look="poll"} 5');
  expect(await page()).toContain('vaultcheck_look_age_seconds{integration="corp",look="check"} +Inf');
  expect(await page()).toContain('vaultcheck_event_age_seconds{integration="corp"} 9');
  expect(await page()).toMatch(/^vaultcheck_listener_age_seconds 7$/m);
});
