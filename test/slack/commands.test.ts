import { afterEach, describe, expect, it } from 'vitest';
import { report } from './fixtures.ts';
import { corp, lab, type Office, type OfficeOptions, office, type Way, words } from './office.ts';

let open: Office | undefined;
afterEach(async () => {
  await open?.stop();
  open = undefined;
});

async function start(options?: OfficeOptions): Promise<Office> {
  open = await office(options);
  return open;
}

const ways: Way[] = ['socket', 'http'];

describe.each(ways)('slash commands over %s', (way) => {
  it('check stores one run and says so within the acknowledgement', async () => {
    const { slack, queue, store } = await start({ way });
    const { answer, failure } = await slack.command('U0BEN', 'general', '/vault check scanadmin');
    expect(failure).toBeUndefined();
    expect(answer).toMatchObject({ response_type: 'ephemeral', text: 'Checking scanadmin · corp…' });
    expect(queue.jobs('verify')).toEqual([
      expect.objectContaining({
        integration: 'corp',
        secret: 'scanadmin',
        to: expect.objectContaining({
          person: 'U0BEN',
          channel: 'C0GENERAL',
          audience: 'person',
          message: null,
          reply: { url: expect.stringContaining('http'), until: expect.any(Number) },
        }),
      }),
    ]);
    const { runId } = queue.jobs('verify')[0] ?? {};
    await slack.waitFor(() => queue.delayed().length === 1);
    expect(queue.delayed()).toMatchObject([{ delayMs: 5000, job: { content: { type: 'progress', runId } } }]);
    await slack.waitFor(() => store.log.length === 1);
    expect(store.log).toMatchObject([{ person: 'U0BEN', what: 'check scanadmin', allowed: true }]);
  });

  it('tells the status, and the history of a secret, to the person', async () => {
    const { slack, store } = await start({ way });
    store.reports.set('run-1', report());
    const status = await slack.command('U0BEN', 'general', '/vault status');
    expect(status.answer).toMatchObject({ response_type: 'ephemeral' });
    expect(words(status.answer)).toMatch(/No incident is open.*1 secret checked.*Vaultcheck itself is well/);
    const history = await slack.command('U0BEN', 'general', '/vault history scanadmin');
    expect(words(history.answer)).toContain('by the last of 1 checks');
    const other = await slack.command('U0BEN', 'general', '/vault history other in corp');
    expect(words(other.answer)).toContain('No report of other is kept');
  });

  it('leaves out of the status what was checked by mistake and is no secret', async () => {
    const { slack, store } = await start({ way });
    const none = (secret: string) => report({ runId: secret, subject: { secret, secretId: null } });
    store.reports.set('a', none('scanadmim'));
    store.reports.set('b', none('scanadmin'));
    const { answer } = await slack.command('U0BEN', 'general', '/vault status');
    expect(words(answer)).toContain('1 secret checked');
    expect(words(answer)).not.toContain('scanadmim');
  });

  it('tells an admin afterwards what is wrong with accounts and connections, and nobody else', async () => {
    const remedy = 'Unlock it.';
    const wrong = {
      area: 'reader',
      integration: 'corp',
      verdict: 'fail',
      text: 'It is locked.',
      remedy,
    } as const;
    const right = { ...wrong, verdict: 'pass', text: 'It is well.', remedy: null } as const;
    const { slack } = await start({ way, examine: async () => [right, wrong] });
    const told = () => words(slack.ephemerals('U0ANA'));
    await slack.command('U0ANA', 'general', '/vault status');
    await slack.waitFor(() => told().includes('corp: It is locked.') || null);
    expect(told()).toMatch(/1 thing to mend.*→ Unlock it/);
    expect(told()).not.toContain('It is well');
    const { answer } = await slack.command('U0BEN', 'general', '/vault status');
    expect(words(answer)).not.toContain('second message');
    expect(words(slack.ephemerals('U0BEN'))).not.toContain('It is locked');
  });

  it('tells an admin too when that could not be found out', async () => {
    const { slack, lines } = await start({
      way,
      examine: () => Promise.reject(new TypeError('xoxb-hidden')),
    });
    await slack.command('U0ANA', 'general', '/vault status');
    await slack.waitFor(() => words(slack.ephemerals('U0ANA')).includes('a fault of its own') || null);
    const errors = lines.filter(({ level }) => level === 'error');
    expect(errors).toMatchObject([{ data: { reason: 'TypeError' } }]);
    expect(words(lines) + words(slack.ephemerals('U0ANA'))).not.toContain('xoxb-hidden');
  });

  it('says at once that nothing was started when the queue is away', async () => {
    const { slack, queue } = await start({ way });
    queue.away(true);
    for (const line of ['check scanadmin', 'check all', 'audit scanadmin']) {
      const { answer } = await slack.command('U0BEN', 'general', `/vault ${line}`);
      expect(words(answer)).toContain('nothing was started');
    }
    queue.away(false);
    await slack.command('U0BEN', 'general', '/vault check scanadmin');
    expect(queue.jobs('verify')).toHaveLength(1);
  });
});

describe('slash commands', () => {
  it.each([
    ['', 'Why can the scan not log in?'],
    ['check all', 'Checking all watched secrets'],
    ['check all public in corp', 'in this channel'],
    ['check scanadmin public', 'The report comes to this channel.'],
    ['audit scanadmin', 'Reading the audit trail of secret scanadmin in corp'],
    ['audit svc-qualys', 'audit account svc-qualys'],
    ['audit scanadmin in crop', 'audit scanadmin in corp'],
    ['check all public in crop', 'check all in corp public'],
    ['incidents closed', 'I cannot read'],
    ['audit account svc-qualys 3d', 'Reading the audit trail of account svc-qualys in corp'],
    ['explain secret-doublelock', 'Nothing can give the account access.'],
    ['explain doublelock', 'explain secret-doublelock'],
    ['explain', 'secret: secret-doublelock'],
    ['help', 'What you can do with /vault'],
    ['help check', 'Domain Admin'],
    ['chekc scanadmin', 'Did you mean this?'],
    ['check scanadmim', 'No list holds'],
    ['check “scanadmin”', 'Checking scanadmin · corp…'],
    ['check scanadmin in crop', 'There is no integration'],
  ])('%j is answered', async (text, expected) => {
    const { slack } = await start();
    const { answer } = await slack.command('U0BEN', 'general', `/vault ${text}`);
    expect(words(answer)).toContain(expected);
    expect(slack.notices('U0BEN')).toEqual([]);
  });

  it('carry what was asked into the job', async () => {
    const { slack, queue } = await start();
    await slack.command('U0BEN', 'general', '/vault check all public');
    await slack.command('U0BEN', 'general', '/vault audit account svc-qualys 3d');
    await slack.command('U0BEN', 'general', '/vault audit scanadmin');
    expect(queue.jobs('verify-all')).toMatchObject([{ integration: null, to: { audience: 'channel' } }]);
    expect(queue.jobs('audit')).toMatchObject([
      { subject: { kind: 'account', name: 'svc-qualys' }, sinceMs: 3 * 86_400_000 },
      { subject: { kind: 'secret', name: 'scanadmin' }, sinceMs: corp.scanEveryMs },
    ]);
  });

  it('ask where, when no list holds the name and there are two integrations', async () => {
    const { slack, queue } = await start({ integrations: [corp, lab] });
    const { answer } = await slack.command('U0BEN', 'general', '/vault check other');
    expect(words(answer)).toContain('Check it anyway in lab');
    expect(queue.jobs('verify')).toEqual([]);
  });

  it('take the name that the command has here', async () => {
    const { slack } = await start();
    const { answer } = await slack.command('U0BEN', 'general', '/vaultcheck help');
    expect(words(answer)).toContain('What you can do with /vaultcheck');
  });

  it('show the log to admins alone, and write refusals into it', async () => {
    const { slack, store } = await start();
    const refused = await slack.command('U0BEN', 'general', '/vault log');
    expect(words(refused.answer)).toContain('You may not do that');
    await slack.waitFor(() => store.log.some((entry) => !entry.allowed));
    const { answer } = await slack.command('U0ANA', 'general', '/vault log');
    expect(words(answer)).toContain('*refused*');
  });

  it('act once when the envelope is delivered twice', async () => {
    const { slack, queue, store } = await start();
    slack.duplicate(true);
    await slack.command('U0BEN', 'general', '/vault check scanadmin');
    await slack.waitFor(() => slack.deliveries().length === 2);
    await slack.waitFor(() => store.log.length > 0);
    expect(queue.jobs('verify')).toHaveLength(1);
    expect(store.log).toHaveLength(1);
  });

  it('answer a fault of ours with a reference, and keep what was typed out of the log', async () => {
    const one = await start();
    one.store.records.commandLog.read = async () => {
      throw new Error('boom s3cr3t');
    };
    const { answer } = await one.slack.command('U0ANA', 'general', '/vault log');
    const reference = /reference: ([0-9a-f]{8})/.exec(words(answer))?.[1];
    expect(one.lines).toContainEqual(
      expect.objectContaining({ level: 'error', data: expect.objectContaining({ reference }) }),
    );
    expect(words(one.lines)).not.toContain('s3cr3t');
  });

  it('acknowledge in time although the records hang', async () => {
    const one = await start();
    one.store.records.commandLog.read = () => new Promise(() => undefined);
    const { answer, failure } = await one.slack.command('U0ANA', 'general', '/vault log');
    expect(failure).toBeUndefined();
    expect(words(answer)).toContain('This takes longer than usual');
  });
});

describe('who may', () => {
  it.each([
    ['a guest', 'U0GIL', 'Guests may not use Vaultcheck'],
    ['somebody of another workspace', 'U0EVE', 'You belong to another workspace'],
  ])('refuses %s, and stores nothing', async (_, person, expected) => {
    const { slack, queue, store } = await start();
    const { answer } = await slack.command(person, 'general', '/vault check scanadmin');
    expect(words(answer)).toContain(expected);
    expect(queue.jobs('verify')).toEqual([]);
    await slack.waitFor(() => store.log.length === 1);
    expect(store.log).toMatchObject([{ person, allowed: false }]);
  });

  it('lets a guest in who is named', async () => {
    const { slack, queue } = await start({ access: { check: ['U0GIL'] } });
    await slack.command('U0GIL', 'general', '/vault check scanadmin');
    expect(queue.jobs('verify')).toHaveLength(1);
  });

  it('knows the members of a group', async () => {
    const { slack, queue } = await start({ access: { check: ['S0ONCALL'] } });
    await slack.command('U0ANA', 'general', '/vault check scanadmin');
    const { answer } = await slack.command('U0BEN', 'general', '/vault check scanadmin');
    expect(queue.jobs('verify')).toHaveLength(1);
    expect(words(answer)).toContain('You may not do that');
  });

  it('refuses when Slack does not say who somebody is', async () => {
    const { slack, queue } = await start({ timings: { accessTimeoutMs: 100 } });
    slack.faults.add({ method: 'users.info', kind: 'hang' });
    const { answer } = await slack.command('U0BEN', 'general', '/vault check scanadmin');
    expect(words(answer)).toContain('Slack did not say in time who you are');
    expect(queue.jobs('verify')).toEqual([]);
  });

  it('does not take a group that cannot be read for one that does not name somebody', async () => {
    const { slack } = await start({ access: { check: ['S0ONCALL'] } });
    slack.faults.add({ method: 'usergroups.users.list', kind: 'server-error', times: 1 });
    const { answer } = await slack.command('U0ANA', 'general', '/vault check scanadmin');
    expect(words(answer)).toContain('Slack did not say in time who you are');
    const again = await slack.command('U0ANA', 'general', '/vault check scanadmin');
    expect(words(again.answer)).toContain('Checking scanadmin');
  });

  it('shows in help only what somebody may run', async () => {
    const { slack } = await start({ access: { check: [] } });
    const { answer } = await slack.command('U0BEN', 'general', '/vault help');
    expect(words(answer)).toContain('/vault explain');
    expect(words(answer)).not.toContain('/vault check');
  });
});
