import { afterEach, describe, expect, it } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import { acknowledged, explained, incident, resolved } from './incidents.ts';
import { lastSeen, type Office, office, type Way, words } from './office.ts';
import { problemsOf } from './validate.ts';

let open: Office | undefined;
afterEach(async () => {
  await open?.stop();
  open = undefined;
});

const id = incident().id;

/** An office with the card of one open incident in #alerts. */
async function start(more: Partial<Incident> = {}, way: Way = 'socket') {
  open = await office({ way, access: { incidents: ['U0ANA', 'U0BEN'] } });
  const now = Date.now();
  open.room.put(incident({ ...explained, openedAt: now, openings: [now], ...more }));
  expect(await open.room.deliver(id)).toMatchObject({ outcome: 'delivered' });
  return open;
}

function card({ slack }: Office) {
  const [message] = slack.messages('alerts');
  if (!message) throw new Error('no card');
  return message;
}
const told = (one: Office, person: string, text: string) =>
  one.slack.waitFor(() => lastSeen(one.slack, person).includes(text), 5000, `${person} told "${text}"`);
const stored = ({ room }: Office) => room.all.get(id);
const option = (act: string) => JSON.stringify({ v: 1, id, do: act });

describe.each<Way>(['socket', 'http'])('a card over %s', (way) => {
  it('is taken by a click: the owner is told the next step, the card shows it, its button goes', async () => {
    const one = await start({}, way);
    await one.slack.click('U0ANA', card(one), 'incident.acknowledge');
    await told(one, 'U0ANA', 'You have it now');
    expect(lastSeen(one.slack, 'U0ANA')).toContain('Put the new password into the Qualys vault record');
    await one.room.deliver(id);
    expect(card(one).text).toContain('somebody has it');
    expect(words(card(one).blocks)).toContain('<@U0ANA> has it since');
    expect(words(card(one).blocks)).not.toContain('incident.acknowledge');
    const replies = one.slack.replies(card(one)).map(({ text }) => text);
    expect(replies.at(-1)).toContain('<@U0ANA>');
  });
});

describe('ten people who click at once', () => {
  const ten = Array.from({ length: 10 }, (_, at) => ({
    ...{ id: `U0TEN${at}`, name: `ten.${at}`, realName: `Ten ${at}` },
    ...{ email: `ten.${at}@corp.example`, timeZone: 'Europe/Berlin', role: 'member' as const },
  }));

  it('make one owner, and nine are told who and since when', async () => {
    open = await office({ people: ten, access: { incidents: 'anyone' } });
    const one = open;
    const now = Date.now();
    one.room.put(incident({ ...explained, openedAt: now, openings: [now] }));
    await one.room.deliver(id);
    const old = card(one);
    await Promise.all(ten.map((person) => one.slack.click(person.id, old, 'incident.acknowledge')));
    const answers = () => ten.map((person) => lastSeen(one.slack, person.id));
    await one.slack.waitFor(() => answers().every((text) => text.includes('svc-qualys')) || null);
    const owner = stored(one)?.acknowledged?.by ?? '';
    expect(answers().filter((text) => text.includes('You have it now'))).toHaveLength(1);
    expect(lastSeen(one.slack, owner)).toContain('You have it now');
    expect(answers().filter((text) => text.includes(`<@${owner}> has it since <!date`))).toHaveLength(9);
    const logged = one.store.log.filter(({ what, allowed }) => allowed && what.startsWith('incident.ack'));
    expect(new Set(logged.map(({ person }) => person)).size).toBe(10);
    await one.room.deliver(id);
    expect(words(card(one).blocks)).toContain(`<@${owner}> has it since`);
  });
});

describe('who may not', () => {
  it.each(['U0GIL', 'U0EVE'])('is told privately, and it is written down: %s', async (person) => {
    const one = await start();
    await one.slack.click(person, card(one), 'incident.acknowledge');
    await one.slack.waitFor(
      () => one.slack.ephemerals(person).length + one.slack.directMessages(person).length > 0,
    );
    expect(stored(one)?.state).toBe('open');
    expect(one.store.log[0]).toMatchObject({ person, allowed: false });
  });
});

describe('old buttons', () => {
  it.each([
    ['incident.acknowledge', undefined],
    ['incident.more', 'snooze-30m'],
    ['incident.more', 'escalate'],
  ])('after the resolution tell who and when: %s %s', async (action, act) => {
    const one = await start();
    one.room.put(incident({ ...resolved, version: 2 }));
    if (act) await one.slack.choose('U0BEN', card(one), action, option(act));
    else await one.slack.click('U0BEN', card(one), action);
    await told(one, 'U0BEN', 'is over: <@U0ANA> resolved it <!date');
    expect(stored(one)?.version).toBe(2);
  });

  it('of an incident that is not kept, and with the store away, are answered', async () => {
    const one = await start();
    one.room.all.clear();
    await one.slack.click('U0BEN', card(one), 'incident.acknowledge');
    await told(one, 'U0BEN', 'not kept any more');
    one.room.at.away = true;
    await one.slack.click('U0BEN', card(one), 'incident.acknowledge');
    await told(one, 'U0BEN', 'nothing was changed');
  });
});

describe('an incident that another version stored', () => {
  it.each(['incident.acknowledge', 'incident.check'])('says so to who clicks %s', async (action) => {
    const one = await start();
    one.room.at.foreign = true;
    await one.slack.click('U0BEN', card(one), action);
    await told(one, 'U0BEN', 'Another version. Nothing was changed.');
  });
});

describe('the menu', () => {
  it.each([
    ['snooze-30m', 30 * 60_000],
    ['snooze-2h', 120 * 60_000],
  ])('%s quiets it for so long', async (act, forMs) => {
    const one = await start();
    await one.slack.choose('U0BEN', card(one), 'incident.more', option(act));
    await told(one, 'U0BEN', 'is quiet until');
    const { at = 0, until = 0, by } = stored(one)?.snoozed ?? {};
    expect(by).toBe('U0BEN');
    expect(Math.abs(until - at - forMs)).toBeLessThan(2000);
  });

  it('quiets it until nine in the zone of who clicked', async () => {
    const one = await start();
    await one.slack.choose('U0BEN', card(one), 'incident.more', option('snooze-morning'));
    await told(one, 'U0BEN', 'is quiet until');
    const until = stored(one)?.snoozed?.until ?? 0;
    const shown = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', timeStyle: 'short' });
    expect(shown.format(until)).toBe('09:00');
    expect(until).toBeGreaterThan(Date.now());
  });

  it('calls the group in the thread, once', async () => {
    const one = await start();
    await one.slack.choose('U0BEN', card(one), 'incident.more', option('escalate'));
    await told(one, 'U0BEN', 'is called in the thread');
    await one.room.deliver(id);
    expect(words(one.slack.replies(card(one)))).toContain('<!subteam^S0ONCALL>');
  });

  it('reads the audit trail for the person', async () => {
    const one = await start();
    await one.slack.choose('U0BEN', card(one), 'incident.more', option('audit'));
    expect(one.queue.jobs('audit')).toMatchObject([
      {
        integration: 'corp',
        subject: { kind: 'account', name: 'CORP\\svc-qualys' },
        to: { audience: 'person' },
      },
    ]);
  });
});

describe('Run check', () => {
  it('checks a secret of the account, and the report goes to the thread', async () => {
    const one = await start();
    await one.slack.click('U0BEN', card(one), 'incident.check');
    const [job] = one.queue.jobs('verify');
    expect(job).toMatchObject({ secret: 'scanadmin', to: { channel: 'C0ALERTS', thread: card(one).ts } });
    if (!job) throw new Error('no job');
    one.store.reports.set('run-1', (await import('./fixtures.ts')).report());
    const content = { type: 'report', runId: 'run-1' } as const;
    await one.notifier.deliver({ deliveryId: 'd', content, to: job.to, createdAt: Date.now() });
    expect(one.slack.messages('alerts')).toHaveLength(1);
    expect(words(one.slack.replies(card(one)))).toContain('the scan gets this password');
  });

  it('from an old card says who resolved it, and runs all the same', async () => {
    const one = await start();
    one.room.put(incident({ ...resolved, ...{ breaks: explained.breaks ?? null }, version: 2 }));
    await one.slack.click('U0BEN', card(one), 'incident.check');
    await told(one, 'U0BEN', 'is over: <@U0ANA> resolved it <!date');
    expect(lastSeen(one.slack, 'U0BEN')).toContain('Checking scanadmin');
    expect(one.queue.jobs('verify')).toHaveLength(1);
  });

  it('is said not to have been started while the queue is away', async () => {
    const one = await start();
    one.queue.away(true);
    await one.slack.click('U0BEN', card(one), 'incident.check');
    await told(one, 'U0BEN', 'nothing was started');
  });
});

describe('Resolve', () => {
  async function form(one: Office, person = 'U0BEN') {
    await one.slack.click(person, card(one), 'incident.resolve');
    return one.slack.waitFor(() =>
      one.slack.views(person).find((view) => words(view.content).includes('"cause"')),
    );
  }

  it('opens at once, is filled, and closes the incident with what was typed', async () => {
    const one = await start();
    const view = await form(one);
    expect(problemsOf(view.content)).toEqual([]);
    expect(view.content.callback_id).toBe('incident.resolve');
    expect(words(one.slack.log('views.open')[0]?.args)).toContain('Loading');
    await one.slack.submit('U0BEN', view, { cause: 'vault record updated', note: 'see <!channel>' });
    expect(stored(one)).toMatchObject({
      state: 'resolved',
      resolution: { by: 'U0BEN', cause: 'vault record updated', note: 'see <!channel>' },
    });
    expect(one.slack.views('U0BEN')).toEqual([]);
    await one.room.deliver(id);
    expect(card(one).text).toContain('🟢 RESOLVED');
    expect(words(card(one).blocks)).not.toContain('action_id');
    expect(words(one.slack.messages('alerts'))).not.toContain('<!channel>');
  });

  it('whose form was open while another resolved it tells who', async () => {
    const one = await start();
    const view = await form(one);
    one.room.put(incident({ ...resolved, version: 2 }));
    await one.slack.submit('U0BEN', view, {});
    expect(words(one.slack.views('U0BEN').at(-1)?.content)).toContain('<@U0ANA> resolved it');
  });

  it('of what is over shows who resolved it, and no form', async () => {
    const one = await start();
    one.room.put(incident({ ...resolved, version: 2 }));
    await one.slack.click('U0BEN', card(one), 'incident.resolve');
    await one.slack.waitFor(() =>
      words(one.slack.views('U0BEN')[0]?.content).includes('<@U0ANA> resolved it'),
    );
  });

  it('that Slack does not open says so, and what to do', async () => {
    const one = await start();
    one.slack.faults.add({ method: 'views.open', kind: 'refused', error: 'expired_trigger_id', times: 1 });
    await one.slack.click('U0BEN', card(one), 'incident.resolve');
    await told(one, 'U0BEN', '(expired_trigger_id), so nothing was resolved. Click Resolve again');
  });

  it('that Slack opens and does not fill says so, and what to do', async () => {
    const one = await start();
    one.slack.faults.add({ method: 'views.update', kind: 'server-error', times: 1 });
    await one.slack.click('U0BEN', card(one), 'incident.resolve');
    await told(one, 'U0BEN', 'Slack did not fill the form (http-500). Close it and click Resolve again');
    expect(stored(one)?.state).toBe('open');
  });

  it('that cannot be stored keeps the form and says why under the field', async () => {
    const one = await start();
    const view = await form(one);
    one.room.at.away = true;
    const { errors } = await one.slack.submit('U0BEN', view, { cause: 'x' });
    expect(errors.cause).toContain('nothing was changed');
  });
});

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

  it('is refused to who may not act on them', async () => {
    const one = await start(acknowledged);
    await one.slack.command('U0GIL', 'general', '/vault incidents');
    await told(one, 'U0GIL', 'uests may not');
  });
});
