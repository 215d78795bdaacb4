import { describe, expect, it } from 'vitest';
import { card, id, option, start, stored, told } from './card-office.ts';
import { explained, incident, resolved } from './incidents.ts';
import { lastSeen, type Way, words } from './office.ts';

describe.each<Way>(['socket', 'http'])('a card over %s', (way) => {
  it('is taken by a click: the owner is told the next step, the card shows it, its button goes', async () => {
    const one = await start({}, { way });
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
    const one = await start({}, { people: ten, access: { incidents: 'anyone' } });
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
