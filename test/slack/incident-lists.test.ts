import { describe, expect, it } from 'vitest';
import { lengthOf } from '../../src/slack/incident-lists.ts';
import { start, told } from './card-office.ts';
import { acknowledged, incident, resolved } from './incidents.ts';
import { lastSeen } from './office.ts';

it.each([
  [7 * 86_400_000, '7 days', '7d'],
  [86_400_000, 'day', '1d'],
  [12 * 3_600_000, '12 hours', '12h'],
  [36 * 3_600_000, '36 hours', '36h'],
  [90 * 60_000, '90 minutes', '90m'],
  [45_000, '45 seconds', '45s'],
])('%i ms: the list says "%s", and its next page is asked for by "%s"', (ms, text, word) => {
  expect(lengthOf(ms)).toEqual({ text, word });
});

describe('/vault incidents', () => {
  it('lists what is not over, with buttons that act', async () => {
    const one = await start();
    await one.slack.command('U0ANA', 'general', '/vault incidents');
    const list = one.slack.ephemerals('U0ANA').at(-1);
    if (!list) throw new Error('no list');
    expect(list.text).toContain('LOCKED OUT');
    await one.slack.click('U0ANA', list, 'incident.acknowledge');
    await told(one, 'U0ANA', 'You have it now');
  });

  it('lists what was resolved, and says so when there is nothing', async () => {
    const one = await start();
    await one.slack.command('U0ANA', 'general', '/vault incidents resolved 7d');
    await told(one, 'U0ANA', 'Resolved in the last 7 days: none');
    one.room.put(incident({ ...resolved, version: 2 }));
    await one.slack.command('U0ANA', 'general', '/vault incidents resolved');
    await told(one, 'U0ANA', '🟢 RESOLVED');
  });

  it('says how many it cannot show, stored by another version', async () => {
    const one = await start();
    one.room.at.unread = 3;
    await one.slack.command('U0ANA', 'general', '/vault incidents');
    await told(one, 'U0ANA', '3 more open incidents are not shown');
    one.room.all.clear();
    await one.slack.command('U0ANA', 'general', '/vault incidents');
    await one.slack.waitFor(() => !lastSeen(one.slack, 'U0ANA').includes('LOCKED OUT') || null);
    expect(lastSeen(one.slack, 'U0ANA')).toContain('3 more open incidents are not shown');
    expect(lastSeen(one.slack, 'U0ANA')).not.toContain('none');
  });

  it('says that it cannot be read while the store is away', async () => {
    const one = await start();
    one.room.at.away = true;
    await one.slack.command('U0ANA', 'general', '/vault incidents');
    await told(one, 'U0ANA', 'The incidents cannot be read at the moment. Try again in a minute.');
  });

  it('is refused to who may not act on them', async () => {
    const one = await start(acknowledged);
    await one.slack.command('U0GIL', 'general', '/vault incidents');
    await told(one, 'U0GIL', 'uests may not');
  });
});
