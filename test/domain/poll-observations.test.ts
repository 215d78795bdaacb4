import { describe, expect, it } from 'vitest';
import { foldFirstPoll, pollObservations } from '../../src/domain/poll-observations.ts';
import { at, context, loginRow, qualys, user } from '../given.ts';
import { label, minute } from '../incidents.ts';

describe('polls', () => {
  const poll = (fields: Partial<Parameters<typeof pollObservations>[0]> = {}) =>
    pollObservations({
      settings: context().settings,
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
