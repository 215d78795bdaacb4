import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { redisIncidents } from '../../../src/adapters/redis/incidents/incidents.ts';
import type { IncidentTools } from '../../../src/app/incidents/change.ts';
import { flush } from '../../../src/app/incidents/outbox.ts';
import { dayMs } from '../../../src/domain/instant.ts';
import type { PendingEffect } from '../../../src/ports/incidents.ts';
import { incidentRules } from '../../incidents.ts';
import { testRedis } from '../../redis.ts';
import { incidentWorld } from './memory.ts';
import { heldEffects, moments, play, type Stage } from './model.ts';

const redis = testRedis();

/**
 * Three processes, each with a connection of its own. One in so many dispatches dies with its process: what it was to do
 * stays stored, and somebody else does it.
 */
async function threeProcesses() {
  const clients = await Promise.all([0, 1, 2].map(() => redis.client('hasty')));
  const clock = { time: 0, now: () => clock.time };
  const dispatched = new Map<string, { pending: PendingEffect }>();
  let [dispatches, dying] = [0, true];
  const [first, ...rest] = clients.map((client): IncidentTools => {
    const dispatch = async (pending: PendingEffect) => {
      dispatches += 1;
      if (dying && dispatches % 7 === 0) throw new Error('killed');
      dispatched.set(pending.id, { pending });
    };
    const incidents = redisIncidents(client, 400 * dayMs);
    return { incidents, dispatch: { dispatch }, rules: incidentRules, clock, newId: randomUUID };
  });
  if (!first) throw new Error('no process');
  /** By a process that lives. */
  const sweep = async () => {
    dying = false;
    await flush(first);
    dying = true;
  };
  return { tools: [first, ...rest] as const, clock, dispatched, sweep };
}

describe('any sequence of observations, clicks and timers, from several processes', () => {
  it('keeps the promises of the table', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(moments, async (sequence) => {
        const { tools, clock, dispatched } = incidentWorld();
        const stage: Stage = { tools: [tools], clock, dispatched };
        await play(stage, sequence);
        await heldEffects(stage);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps them over Redis, where processes die between storing and doing', {
    timeout: 120_000,
  }, async () => {
    const stage = await threeProcesses();
    const client = await redis.client('hasty');
    await fc.assert(
      fc.asyncProperty(moments, async (sequence) => {
        await client.flushdb();
        stage.dispatched.clear();
        await play(stage, sequence);
        await stage.sweep();
        await heldEffects(stage);
      }),
      { numRuns: 40, seed: 20_261_125 },
    );
  });
});
