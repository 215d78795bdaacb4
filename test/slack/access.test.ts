import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../src/domain/instant.ts';
import { slackAccess } from '../../src/slack/access.ts';
import type { AccessLists } from '../../src/slack/options.ts';
import type { SlackWeb } from '../../src/slack/web.ts';

type Answers = Readonly<Record<string, object>>;

/** Slack's answers by method and id; what is not listed cannot be asked. */
function world(lists: Partial<AccessLists>, answers: Answers) {
  const at = { now: 0, answers, asked: [] as string[] };
  const call: SlackWeb['call'] = async (method, args, shape) => {
    const key = `${method} ${Object.values(args).join()}`;
    at.asked.push(key);
    const read = shape.safeParse(at.answers[key]);
    if (read.success) return { ok: true, data: read.data };
    return { ok: false, fault: { code: 'unreachable', afterMs: null, unsure: true } };
  };
  const access = slackAccess({
    lists: { check: 'anyone', incidents: [], admin: [], ...lists },
    web: { call },
    home: () => 'T1',
    now: () => at.now,
    timeoutMs: 1000,
  });
  const may = async (person = 'U1', workspace = 'T1') => {
    const rights = await access.rightsOf({ person, workspace });
    return 'refused' in rights ? rights.refused : [...rights.permissions];
  };
  return { at, may };
}

const member = { user: { team_id: 'T1' } };

describe('slackAccess', () => {
  it.each([
    ['a guest', { team_id: 'T1', is_restricted: true }, /Guests/],
    ['a guest of one channel', { team_id: 'T1', is_ultra_restricted: true }, /Guests/],
    ['a bot', { team_id: 'T1', is_bot: true }, /Only people/],
    ['somebody who left', { team_id: 'T1', deleted: true }, /Only people/],
    ['somebody of another workspace', { team_id: 'T2' }, /another workspace/],
    ['a stranger of a shared channel', { team_id: 'T1', is_stranger: true }, /another workspace/],
  ])('refuses %s where anyone may', async (_, user, expected) => {
    expect(await world({}, { 'users.info U1': { user } }).may()).toMatch(expected);
  });

  it('lets a member do what anyone may', async () => {
    expect(await world({}, { 'users.info U1': member }).may()).toEqual(['check']);
  });

  it('believes the request when it names another workspace', async () => {
    const { may } = world({}, { 'users.info U1': member });
    expect(await may('U1', 'T2')).toMatch(/another workspace/);
  });

  it('lets whom a list names do what that list says, and no more', async () => {
    const { may } = world({ admin: ['U1'] }, { 'users.info U1': { user: { team_id: 'T2' } } });
    expect(await may('U1', 'T2')).toEqual(['admin']);
  });

  it('gives members nothing that only others are named for', async () => {
    const { may } = world({ check: ['U2'] }, { 'users.info U1': member });
    expect(await may()).toEqual([]);
  });

  it('asks again after five minutes, and takes what it knew for an hour when Slack does not answer', async () => {
    const answers = { 'users.info U1': member, 'usergroups.users.list S1': { users: ['U1'] } };
    const { at, may } = world({ check: ['S1'] }, answers);
    expect(await may()).toEqual(['check']);
    expect(await may()).toEqual(['check']);
    expect(at.asked).toHaveLength(2);
    at.now = 6 * minuteMs;
    at.answers = { ...answers, 'usergroups.users.list S1': { users: [] } };
    expect(await may()).toEqual([]);
    at.answers = {};
    at.now = 20 * minuteMs;
    expect(await may()).toEqual([]);
    at.now = 120 * minuteMs;
    expect(await may()).toMatch(/did not say/);
  });
});
