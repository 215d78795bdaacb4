import { describe, expect, it } from 'vitest';
import { originOf } from '../../../src/domain/attribution.ts';
import { checkObservation } from '../../../src/domain/check-observation.ts';
import { eventObservations, journalEntries } from '../../../src/domain/event-observations.ts';
import { foldFirstPoll, pollObservations } from '../../../src/domain/poll-observations.ts';
import type { Report, VerdictWord } from '../../../src/domain/report.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import type { VaultEvent } from '../../../src/domain/vault-event.ts';
import { at, context, loginRow, qualys, user } from '../../given.ts';
import { label, minute } from '../../incidents.ts';

const from = { via: 'tcp', address: '10.20.0.7', receivedAt: at + 500 } as const;
const corp = context().settings;
const other: Settings = { ...corp, integration: 'other', senders: ['node-2', '10.30.0.0/16'] };

function event(fields: Partial<VaultEvent>): VaultEvent {
  return {
    action: 'account-locked',
    at,
    timeSource: 'event',
    id: '4',
    name: 'USER - LOCKOUT',
    version: '11.7',
    host: 'NODE-1',
    account: qualys,
    actor: null,
    secret: null,
    address: null,
    reason: null,
    changes: [],
    message: '',
    extra: {},
    ...fields,
  };
}

const secret = { id: 42, name: 'scanadmin', folder: 'Scan' };
const change = (setting: string, to: string) => [{ setting, from: 'x', to }];

describe('events', () => {
  it.each<[string, Partial<VaultEvent>, object | null]>([
    [
      'a lockout of a scan account',
      {},
      { kind: 'account-locked', account: label, source: 'syslog', via: 'tcp', seenAt: at + 500 },
    ],
    [
      'its name without the domain',
      { account: { username: 'SVC-QUALYS', domain: null } },
      { kind: 'account-locked', account: label },
    ],
    ['another domain', { account: { username: 'svc-qualys', domain: 'LAB' } }, null],
    ['somebody else', { account: { username: 'm.weber', domain: 'CORP' } }, null],
    [
      'a failed login of an appliance',
      { action: 'login-failed', address: '10.20.30.40', reason: 'AuthenticationFailed' },
      {
        kind: 'login-failed',
        origin: 'appliance',
        appliance: 'appliance-01',
        reason: 'AuthenticationFailed',
      },
    ],
    [
      'a login from elsewhere',
      { action: 'login', address: '192.0.2.7' },
      { kind: 'login', origin: 'elsewhere' },
    ],
    [
      'a name one letter off',
      { action: 'login-unknown-user', account: { username: 'svc-qualis', domain: 'CORP' } },
      { kind: 'login-unknown-user', account: label, details: 'CORP\\svc-qualis' },
    ],
    [
      'any name from an appliance',
      { action: 'login-unknown-user', account: { username: 'foo', domain: null }, address: '10.20.30.40' },
      { kind: 'login-unknown-user', account: label },
    ],
    [
      'any name from elsewhere',
      { action: 'login-unknown-user', account: { username: 'foo', domain: null }, address: '192.0.2.7' },
      null,
    ],
    [
      'a deleted watched secret',
      { action: 'secret-deleted', account: null, secret },
      { kind: 'secret-changed', secret: 'scanadmin', details: 'deleted' },
    ],
    [
      'a watched secret that has a new name',
      {
        action: 'secret-renamed',
        account: null,
        secret: { ...secret, name: 'new' },
        changes: [{ setting: 'Name', from: 'scanadmin', to: 'new' }],
      },
      { kind: 'secret-changed', secret: 'scanadmin', details: 'renamed' },
    ],
    [
      'a DoubleLock',
      { action: 'secret-edited', account: null, secret, changes: change('DoubleLock', 'true') },
      { kind: 'secret-changed', details: 'DoubleLock: true' },
    ],
    [
      'a DoubleLock taken off',
      { action: 'secret-edited', account: null, secret, changes: change('DoubleLock', 'false') },
      null,
    ],
    [
      'a secret turned inactive',
      { action: 'secret-edited', account: null, secret, changes: change('Active', 'false') },
      { kind: 'secret-changed', details: 'Active: false' },
    ],
    [
      'a secret turned active',
      { action: 'secret-edited', account: null, secret, changes: change('Active', 'true') },
      null,
    ],
    [
      'other permissions, less of them',
      { action: 'secret-edited', account: null, secret, changes: change('Permissions', 'no') },
      { kind: 'secret-changed' },
    ],
    [
      'an edit of its notes',
      { action: 'secret-edited', account: null, secret, changes: change('Notes', 'y') },
      null,
    ],
    [
      'a secret that nobody watches',
      { action: 'secret-deleted', account: null, secret: { ...secret, name: 'x' } },
      null,
    ],
    [
      'a heartbeat',
      { action: 'heartbeat-failed', account: null, secret },
      { kind: 'heartbeat-failed', secret: 'scanadmin' },
    ],
    [
      'web services off',
      { action: 'configuration-edited', account: null, changes: change('EnableWebServices', 'false') },
      { kind: 'service-off', details: 'web-services' },
    ],
    [
      'web services on',
      { action: 'configuration-edited', account: null, changes: change('EnableWebServices', 'true') },
      { kind: 'service-on', details: 'web-services' },
    ],
    [
      'two-factor demanded of web services: a setting that turns nothing off',
      {
        action: 'configuration-edited',
        account: null,
        changes: change('RequireTwoFactorForWebServices', 'false'),
      },
      null,
    ],
    [
      'another setting',
      { action: 'configuration-edited', account: null, changes: change('CefPort', '9') },
      null,
    ],
    ['a view', { action: 'secret-viewed', account: null, secret }, null],
  ])('%s', (...row) => {
    const [, fields, expected] = row;
    expect(eventObservations(event(fields), from, [corp])).toEqual(
      expected ? [expect.objectContaining(expected)] : [],
    );
  });

  it.each<[string, Partial<VaultEvent>, string | null, string[]]>([
    ['the sender named by host', { host: 'Node-2' }, null, ['other']],
    ['the sender named by its first label', { host: 'node-2.corp.example' }, null, ['other']],
    ['the sender named by a range', {}, '10.30.1.2', ['other']],
    ['an account that both have', { host: 'who' }, null, ['corp', 'other']],
    ['about neither, from nobody named', { account: null, action: 'configuration-edited' }, null, ['corp']],
  ])('belong to: %s', (...row) => {
    const [, fields, address, expected] = row;
    const entries = journalEntries(event(fields), { ...from, address }, [corp, other]);
    expect(entries.map(({ integration }) => integration)).toEqual(expected);
  });

  it.each([
    ['event', undefined],
    ['header', true],
    ['received', true],
  ] as const)('whose time is that of the %s', (timeSource, isTimeOfSending) => {
    const [seen] = eventObservations(event({ timeSource }), from, [corp]);
    expect(seen?.isTimeOfSending).toBe(isTimeOfSending);
  });

  it.each([
    ['a little ahead of our clock', at + 9 * 60_000, at + 9 * 60_000],
    ['in the future', at + 9e12, at + 500],
  ])('told %s', (_, told, expected) => {
    const late = event({ at: told });
    expect(eventObservations(late, from, [corp])).toMatchObject([{ at: expected }]);
    expect(journalEntries(late, from, [corp])).toMatchObject([{ at: expected }]);
  });

  it('without configured addresses, an address says nothing', () => {
    expect(originOf('192.0.2.7', { appliances: [] })).toEqual({ origin: 'unknown', appliance: null });
  });
});

describe('polls', () => {
  const poll = (fields: Partial<Parameters<typeof pollObservations>[0]> = {}) =>
    pollObservations({
      settings: corp,
      account: qualys,
      user: user(),
      rows: [],
      since: minute(-15),
      directory: { passwordSetAt: null, since: minute(-15) },
      recordEditedAt: null,
      beganAt: at,
      seenAt: at + 900,
      ...fields,
    });
  const row = (
    minutes: number,
    action: Parameters<typeof loginRow>[0] extends infer F ? NonNullable<F> : never,
  ) => loginRow({ at: minute(minutes), ...action });

  it('tell new rows oldest first, and how the account stands by all of them', () => {
    const rows = [
      row(-1, { action: 'locked', address: null }),
      row(-2, { action: 'login-failure' }),
      row(-40, { action: 'login-failure', address: '192.0.2.7' }),
      row(-60, {}),
    ];
    const { happened, state } = poll({ rows, user: user({ lockedOut: true }) });
    expect(happened.map(({ kind, at: when }) => [kind, when])).toEqual([
      ['login-failed', minute(-2)],
      ['account-locked', minute(-1)],
    ]);
    expect(state).toMatchObject({
      locked: true,
      beganAt: at,
      logins: [{ at: minute(-60), origin: 'appliance' }],
      failures: [{ at: minute(-2) }, { at: minute(-40), origin: 'elsewhere' }],
    });
  });

  it.each([
    ['the record was edited since', { recordEditedAt: minute(-1) }, 0],
    ['the record is older', { recordEditedAt: minute(-20) }, 1],
    ['nobody knows', {}, 1],
  ])('a changed password: %s', (_, fields, count) => {
    expect(poll({ rows: [row(-5, { action: 'password-changed' })], ...fields }).happened).toHaveLength(count);
  });

  it.each([
    ['set since the last look', { passwordSetAt: minute(-5) }, {}, 1],
    ['set before', { passwordSetAt: minute(-16) }, {}, 0],
    ['not told', {}, {}, 0],
    ['and the record was edited since', { passwordSetAt: minute(-5) }, { recordEditedAt: minute(-1) }, 0],
    ['and the appliance logged in since', { passwordSetAt: minute(-5) }, { rows: [row(-1, {})] }, 0],
  ])('a password of the directory: %s', (_, told, fields, count) => {
    const directory = { passwordSetAt: null, since: minute(-15), ...told };
    const { happened, state } = poll({ directory, ...fields });
    const changed = happened.filter(({ kind }) => kind === 'password-changed');
    expect(changed).toHaveLength(count);
    for (const one of changed) expect(one).toMatchObject({ account: label, details: 'in the directory' });
    expect(state.passwordChangedAt).toBe(directory.passwordSetAt);
  });

  it('number rows of the same moment and place', () => {
    const rows = [row(-2, { action: 'login-failure' }), row(-2, { action: 'login-failure' }), row(-2, {})];
    const numbers = poll({ rows }).happened.map(({ kind, nth = 0 }) => `${kind} ${nth}`);
    expect(numbers.sort()).toEqual(['login 0', 'login-failed 0', 'login-failed 1']);
  });

  it.each<[string, Parameters<typeof row>[1][], boolean]>([
    ['a failure of an appliance, and its login', [{ action: 'login-failure' }, {}], true],
    [
      "a failure of an appliance, and a stranger's login",
      [{ action: 'login-failure' }, { address: '192.0.2.7' }],
      false,
    ],
    [
      "a stranger's failure, and an appliance's login",
      [{ action: 'login-failure', address: '192.0.2.7' }, {}],
      false,
    ],
  ])('a first poll: %s: over is %s', (...given) => {
    const [, actions, isOver] = given;
    const { happened, state } = poll({ rows: actions.map((one, index) => row(index - 9, one)) });
    const { observations, summary } = foldFirstPoll(happened, state);
    expect(observations.some(({ kind }) => kind === 'login-failed')).toBe(!isOver);
    expect(summary).toEqual(
      isOver ? [`${label}: Failed login from appliance-01 (10.20.30.40) (2026-11-24T01:51Z)`] : [],
    );
  });

  it("a first poll makes no summary of a stranger's login: it is never over by itself", () => {
    const { happened, state } = poll({ rows: [row(-9, { address: '192.0.2.7' }), row(-8, {})] });
    const { observations, summary } = foldFirstPoll(happened, state);
    expect(observations.map(({ kind }) => kind)).toEqual(['login', 'account-state']);
    expect(summary).toEqual([]);
  });

  it('a first poll folds what is over, and keeps what still holds', () => {
    const rows = [
      row(-1, {}),
      row(-2, { action: 'unlocked' }),
      row(-5, { action: 'locked' }),
      row(-6, { action: 'login-failure' }),
    ];
    const over = poll({ rows });
    const folded = foldFirstPoll(over.happened, over.state);
    expect(folded.observations).toEqual([over.state]);
    expect(folded.summary).toHaveLength(3);
    const still = poll({ rows: rows.slice(2), user: user({ lockedOut: true }) });
    expect(foldFirstPoll(still.happened, still.state)).toEqual({
      observations: [...still.happened, still.state],
      over: [],
      summary: [],
    });
  });
});

describe('checks', () => {
  const report = (minutes: number, verdicts: Record<string, VerdictWord>): Report => ({
    schema: 'vaultcheck.report/1',
    runId: 'r',
    integration: 'corp',
    subject: { secret: 'scanadmin', secretId: 42 },
    startedAt: new Date(minute(minutes)).toISOString(),
    finishedAt: new Date(minute(minutes)).toISOString(),
    overall: 'fail',
    diagnosis: null,
    proof: { level: 'none', at: null, text: '' },
    checks: Object.entries(verdicts).map(([id, verdict]) => ({
      id,
      section: 'secret',
      title: id,
      verdict,
      accepted: null,
      finding: verdict === 'fail' ? `${id} fails` : null,
      remedy: null,
      because: null,
      gaps: [],
      evidence: [],
    })),
    calls: {},
  });
  const observedOf = (...all: Report[]) => {
    const [now, ...history] = all;
    if (!now) throw new Error('no report');
    return checkObservation(now, { blocking: new Set(['a', 'b', 'secret-checkout']), history, seenAt: at });
  };
  const newly = (...all: Report[]) => {
    const seen = observedOf(...all);
    return seen.kind === 'secret-checked' ? seen.newlyFailing : seen.kind;
  };

  it.each<[string, Report[], string[] | string]>([
    ['a first run', [report(0, { a: 'fail', b: 'pass' })], []],
    ['what passed before', [report(0, { a: 'fail' }), report(-9, { a: 'pass' })], ['a']],
    [
      'what failed before',
      [report(0, { a: 'fail' }), report(-9, { a: 'fail' }), report(-99, { a: 'pass' })],
      [],
    ],
    [
      'unknown in between, passed before',
      [report(0, { a: 'fail' }), report(-9, { a: 'unknown' }), report(-99, { a: 'pass' })],
      ['a'],
    ],
    [
      'unknown in between, failed before',
      [report(0, { a: 'fail' }), report(-9, { a: 'unknown' }), report(-99, { a: 'fail' })],
      [],
    ],
    ['advice', [report(0, { c: 'fail', a: 'pass' }), report(-9, { c: 'pass' })], []],
    [
      'a check-out, at first',
      [report(0, { 'secret-checkout': 'fail' }), report(-9, { 'secret-checkout': 'pass' })],
      [],
    ],
    [
      'a check-out that stays',
      [
        report(0, { 'secret-checkout': 'fail' }),
        report(-30, { 'secret-checkout': 'fail' }),
        report(-99, { 'secret-checkout': 'pass' }),
      ],
      ['secret-checkout'],
    ],
    [
      'a check-out that stayed already',
      [
        report(0, { 'secret-checkout': 'fail' }),
        report(-30, { 'secret-checkout': 'fail' }),
        report(-60, { 'secret-checkout': 'fail' }),
        report(-99, { 'secret-checkout': 'pass' }),
      ],
      [],
    ],
    ['nothing judged', [report(0, { a: 'unknown', b: 'skipped' })], 'look-failed'],
  ])('%s', (...row) => {
    const [, reports, expected] = row;
    expect(newly(...reports)).toEqual(expected);
  });

  it('bears the verdicts and the finding', () => {
    const seen = observedOf(report(0, { a: 'fail', b: 'pass', c: 'fail' }), report(-9, { a: 'pass' }));
    expect(seen).toMatchObject({
      secret: 'scanadmin',
      verdicts: { a: 'fail', b: 'pass' },
      findings: { a: 'a fails' },
    });
  });
});
