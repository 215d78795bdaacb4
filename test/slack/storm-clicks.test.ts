import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import { card, id, option, start, stored, told } from './card-office.ts';
import { incident, resolved } from './incidents.ts';
import { words } from './office.ts';

describe('a storm', () => {
  async function storm() {
    const one = await start({ storm: id, account: 'svc-0' });
    const now = Date.now();
    for (const at of [1, 2])
      one.room.put(
        incident({ id: `s${at}`, key: `k${at}`, account: `svc-${at}`, storm: id, openings: [now] }),
      );
    const leader = stored(one);
    if (leader) one.room.put({ ...leader, version: 2 });
    await one.room.deliver('s2');
    return one;
  }

  it('is taken whole on its card, which names each', async () => {
    const one = await storm();
    expect(one.slack.messages('alerts')).toHaveLength(1);
    expect(words(card(one).blocks)).toMatch(/svc-0.*svc-1.*svc-2/s);
    await one.slack.click('U0ANA', card(one), 'incident.acknowledge');
    await told(one, 'U0ANA', 'svc-2');
    expect([...one.room.all.values()].map(({ state }) => state)).toEqual(Array(3).fill('acknowledged'));
  });

  it('is checked whole on its card: each secret of those that are not over, once', async () => {
    const one = await storm();
    const breaks = (secret: string) => ({ secrets: [secret], scans: [], unread: [] });
    for (const [at, secret] of ['scanadmin', 'scanadmin', 'linux-root'].entries()) {
      const member = one.room.all.get(at === 0 ? id : `s${at}`);
      if (member) one.room.put({ ...member, breaks: breaks(secret), version: 3 });
    }
    one.room.put({
      ...incident({ id: 's3', key: 'k3', storm: id }),
      ...resolved,
      breaks: breaks('over'),
    } as Incident);
    await one.slack.click('U0BEN', card(one), 'incident.check');
    await told(one, 'U0BEN', 'Checking scanadmin, linux-root · corp… The reports come to the thread');
    expect(one.queue.jobs('verify').map(({ secret }) => secret)).toEqual(['scanadmin', 'linux-root']);
    expect(one.queue.jobs('verify').every(({ to }) => to.thread === card(one).ts)).toBe(true);
  });

  it('is resolved whole by its form, which says so, and the card is over only then', async () => {
    const one = await storm();
    await one.slack.click('U0BEN', card(one), 'incident.resolve');
    const view = await one.slack.waitFor(() =>
      one.slack.views('U0BEN').find((shown) => words(shown.content).includes('"cause"')),
    );
    expect(words(view.content)).toMatch(/all|each/i);
    await one.slack.submit('U0BEN', view, { cause: 'domain controller' });
    expect([...one.room.all.values()].map(({ state }) => state)).toEqual(Array(3).fill('resolved'));
    await one.room.deliver(id);
    expect(card(one).text).toContain('🟢 RESOLVED · 3 accounts');
    expect(words(card(one).blocks)).not.toContain('action_id');
    // One line for all three, not three.
    const lines = one.slack.replies(card(one)).filter(({ text }) => text.includes('Resolved. cause'));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text).toContain('svc-0, svc-1, svc-2 · corp');
  });

  it('stands one by one in the list, and is quieted whole on its card', async () => {
    const one = await storm();
    await one.slack.command('U0ANA', 'alerts', '/vault incidents');
    const list = one.slack.ephemerals('U0ANA').at(-1);
    if (!list) throw new Error('no list');
    for (const own of [id, 's1', 's2']) expect(words(list.blocks)).toContain(words(words({ v: 1, id: own })));
    await one.slack.choose('U0ANA', card(one), 'incident.more', option('snooze-2h'));
    await told(one, 'U0ANA', 'svc-2');
  });
});
