import { afterEach, expect } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import { explained, incident } from './incidents.ts';
import { lastSeen, type Office, type OfficeOptions, office } from './office.ts';

let open: Office | undefined;
afterEach(async () => {
  await open?.stop();
  open = undefined;
});

/** The incident whose card stands in #alerts. */
export const id = incident().id;

/** An office with the card of one open incident in #alerts. Closed after each test. */
export async function start(more: Partial<Incident> = {}, options: OfficeOptions = {}): Promise<Office> {
  open = await office({ access: { incidents: ['U0ANA', 'U0BEN'] }, ...options });
  const now = Date.now();
  open.room.put(incident({ ...explained, openedAt: now, openings: [now], ...more }));
  expect(await open.room.deliver(id)).toMatchObject({ outcome: 'delivered' });
  return open;
}

export function card({ slack }: Office) {
  const [message] = slack.messages('alerts');
  if (!message) throw new Error('no card');
  return message;
}

/** Resolves when this person alone was told so. */
export function told(one: Office, person: string, text: string) {
  return one.slack.waitFor(
    () => lastSeen(one.slack, person).includes(text),
    5000,
    `${person} told "${text}"`,
  );
}

export function stored({ room }: Office): Incident | undefined {
  return room.all.get(id);
}

/** What a choice of the card's menu sends. */
export function option(act: string): string {
  return JSON.stringify({ v: 1, id, do: act });
}
