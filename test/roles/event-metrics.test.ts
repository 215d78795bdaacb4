import { expect, it } from 'vitest';
import { dayMs } from '../../src/domain/instant.ts';
import { openMetrics } from '../../src/ops/metrics.ts';
import { eventCount } from '../../src/roles/event-metrics.ts';

const now = Date.UTC(2026, 10, 24);

it('counts events of nobody, late ones, and those that come too late', async () => {
  const metrics = openMetrics();
  const count = eventCount(metrics);
  const seen = (ageMs: number, isOurs: boolean) => count({ at: now - ageMs }, { receivedAt: now, isOurs });
  seen(500, true);
  seen(500, false);
  seen(2 * 60_000, true);
  seen(dayMs + 1, true);
  const { text } = await metrics.page();
  expect(text).toMatch(/^vaultcheck_events_unattributed 1$/m);
  expect(text).toMatch(/^vaultcheck_events_late 2$/m);
  expect(text).toMatch(/^vaultcheck_events_too_late 1$/m);
});
