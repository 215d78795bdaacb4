import { expect, it } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import { incidentDispatch } from '../../src/roles/incident-dispatch.ts';
import { at } from '../given.ts';
import {
  accountState,
  acted,
  breaks,
  cause,
  happening,
  lockedOut,
  minute,
  observed,
  sighting,
  stepContext,
  stepped,
} from '../incidents.ts';

/** How long after a change its delivery is due. */
async function delayOf(incident: Incident): Promise<number> {
  const delays: number[] = [];
  const dispatch = incidentDispatch({
    producer: { add: async (_, { delayMs = 0 } = {}) => void delays.push(delayMs) },
    looks: { soon: async () => {} },
    clock: { now: () => at },
  });
  const { id, version } = incident;
  await dispatch.dispatch({ id: '1', incidentId: id, version, effect: { type: 'deliver' } }, incident);
  return delays[0] ?? Number.NaN;
}

const open = lockedOut();
const fed = stepped(open, observed(happening('login-failed', { at: minute(1) })), stepContext(minute(1)));
const over = observed(accountState(minute(9), { logins: [sighting(minute(8))] }));

it.each<[string, Incident]>([
  ['an opening', open],
  ['a click', acted(fed, { word: 'acknowledge', by: 'U1' })],
  ['a cause', stepped(fed, { type: 'enriched', incidentId: 'i1', cause, breaks }, stepContext(minute(2)))],
  ['an end', stepped(fed, over, stepContext(minute(9)))],
])('%s is told at once', async (_, incident) => {
  expect(await delayOf(incident)).toBe(0);
});

it('one more of the same waits for those that come with it', async () => {
  expect(await delayOf(fed)).toBeGreaterThan(0);
  expect(await delayOf(fed)).toBeLessThanOrEqual(2_000);
});
