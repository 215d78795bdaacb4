import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SlackWorkspace, slackWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import { button, section } from './bolt-app.ts';

let slack: SlackWorkspace;
beforeAll(async () => {
  slack = await slackWorkspace({ messageBurst: 1000 });
});
afterAll(() => slack.close());

type Answer = Record<string, unknown> & { ok: boolean; error?: string };

const call = async (method: string, args: object = {}, token = slack.botToken): Promise<Answer> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(slack.apiUrl + method, {
    method: 'POST',
    headers,
    body: JSON.stringify(args),
  });
  return (await response.json()) as Answer;
};

const posted = async (channel: string, more: object = {}) =>
  (await call('chat.postMessage', { channel, text: 'hello', ...more })) as Answer & { ts: string };

describe('tokens and methods', () => {
  it.each([
    ['auth.test', '', 'not_authed'],
    ['auth.test', 'xoxb-wrong', 'invalid_auth'],
    ['chat.postMessage', 'xoxb-wrong', 'invalid_auth'],
    ['no.such', '', 'unknown_method'],
  ])('%s with token "%s" is %s', async (method, token, error) => {
    expect(await call(method, {}, token)).toMatchObject({ ok: false, error });
  });

  it('opens connections for the app token alone', async () => {
    expect(await call('apps.connections.open')).toMatchObject({ error: 'not_allowed_token_type' });
    expect(await call('apps.connections.open', {}, slack.appToken)).toMatchObject({
      ok: true,
      url: expect.stringMatching(/^ws:/),
    });
  });

  it('takes forms as well as JSON, with structures as JSON text', async () => {
    const body = new URLSearchParams({
      token: slack.botToken,
      channel: 'C0GENERAL',
      blocks: JSON.stringify([section('from a form')]),
    });
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ ok: true, channel: 'C0GENERAL' });
    expect(response.headers.get('x-oauth-scopes')).toContain('chat:write');
  });

  it('knows who it is', async () => {
    expect(await call('auth.test')).toMatchObject({
      user_id: 'U0VAULTCHECK',
      bot_id: 'B0VAULTCHECK',
      team_id: 'T0VAULT',
    });
  });
});

describe('chat.postMessage', () => {
  it.each([
    ['channel_not_found', { channel: 'C0NOWHERE', text: 'x' }],
    ['channel_not_found', { channel: 'security', text: 'x' }],
    ['no_text', { channel: 'general' }],
    ['msg_too_long', { channel: 'general', text: 'x'.repeat(40_001) }],
    ['invalid_blocks', { channel: 'general', text: 'x', blocks: [{ type: 'nonsense' }] }],
    ['invalid_blocks_format', { channel: 'general', text: 'x', blocks: '[' }],
    ['thread_not_found', { channel: 'general', text: 'x', thread_ts: '1.000001' }],
    ['invalid_metadata_schema', { channel: 'general', text: 'x', metadata: { event_type: 'a' } }],
  ])('is refused with %s', async (error, args) => {
    expect(await call('chat.postMessage', args)).toMatchObject({ ok: false, error });
  });

  it('is refused where the channel is archived or the app is no member', async () => {
    slack.archive('reports', true);
    expect(await posted('reports')).toMatchObject({ error: 'is_archived' });
    slack.archive('reports', false);
    slack.membership('reports', false);
    expect(await posted('reports')).toMatchObject({ error: 'not_in_channel' });
    slack.scopes.add('chat:write.public');
    expect(await posted('reports')).toMatchObject({ ok: true });
    slack.scopes.delete('chat:write.public');
    slack.membership('reports', true);
  });

  it('gives increasing ts, takes names and people for channels, and joins threads', async () => {
    const first = await posted('#general');
    const second = await posted('C0GENERAL', { thread_ts: first.ts });
    expect(Number(second.ts)).toBeGreaterThan(Number(first.ts));
    expect(await posted('U0BEN')).toMatchObject({ channel: 'D0BEN' });
    const root = slack.messages('general').find((one) => one.ts === first.ts);
    if (!root) throw new Error('the message is gone');
    expect(slack.replies(root).map((one) => one.ts)).toEqual([second.ts]);
    expect(slack.messages('general').some((one) => one.ts === second.ts)).toBe(false);
  });

  it('keeps to one message a second after a burst, per channel', async () => {
    let now = Date.parse('2026-11-24T02:00:00Z');
    const slow = await slackWorkspace({ messageBurst: 2, clock: () => now });
    const post = (channel: string) =>
      fetch(`${slow.apiUrl}chat.postMessage`, {
        method: 'POST',
        body: new URLSearchParams({ token: slow.botToken, channel, text: 'x' }),
      });
    try {
      expect((await post('general')).status).toBe(200);
      expect((await post('general')).status).toBe(200);
      const third = await post('general');
      expect([third.status, third.headers.get('retry-after')]).toEqual([429, '1']);
      expect((await post('alerts')).status).toBe(200);
      now += 1000;
      expect((await post('general')).status).toBe(200);
    } finally {
      await slow.close();
    }
  });
});

describe('changing messages', () => {
  it('edits and deletes its own, found by ts', async () => {
    const { ts } = await posted('general', { blocks: [section('one')] });
    expect(await call('chat.update', { channel: 'C0GENERAL', ts, text: 'two' })).toMatchObject({
      ok: true,
      text: 'two',
    });
    const message = slack.messages('general').find((one) => one.ts === ts);
    expect(message).toMatchObject({ text: 'two', blocks: [expect.objectContaining(section('one'))] });
    expect(await call('chat.getPermalink', { channel: 'C0GENERAL', message_ts: ts })).toMatchObject({
      permalink: `https://acme.slack.com/archives/C0GENERAL/p${ts.replace('.', '')}`,
    });
    expect(await call('chat.delete', { channel: 'C0GENERAL', ts })).toMatchObject({ ok: true });
    expect(await call('chat.update', { channel: 'C0GENERAL', ts, text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
  });

  it('leaves the messages of people and ephemeral ones alone', async () => {
    const spoken = await slack.say('U0ANA', 'general', 'mine');
    const update = (ts: unknown) => call('chat.update', { channel: 'C0GENERAL', ts, text: 'x' });
    expect(await update(spoken.ts)).toMatchObject({ error: 'cant_update_message' });
    const whisper = await call('chat.postEphemeral', { channel: 'C0GENERAL', user: 'U0ANA', text: 'psst' });
    expect(slack.ephemerals('U0ANA', 'general').map((one) => one.text)).toEqual(['psst']);
    expect(await update(whisper.message_ts)).toMatchObject({ error: 'message_not_found' });
  });

  it('whispers to members only', async () => {
    const args = { channel: 'alerts', user: 'U0EVE', text: 'psst' };
    expect(await call('chat.postEphemeral', args)).toMatchObject({ error: 'user_not_in_channel' });
  });
});

describe('history', () => {
  it('needs its scope, and gives metadata back when asked', async () => {
    const metadata = { event_type: 'vaultcheck_report', event_payload: { id: 'r1' } };
    const { ts } = await posted('alerts', { metadata });
    await posted('alerts', { thread_ts: ts });
    const history = (more: object = {}) => call('conversations.history', { channel: 'C0ALERTS', ...more });
    expect(await history()).toMatchObject({ error: 'missing_scope', needed: 'channels:history' });
    slack.scopes.add('channels:history');
    expect(await history({ include_all_metadata: true })).toMatchObject({
      messages: [{ ts, metadata, reply_count: 1 }],
    });
    expect(await history()).toMatchObject({ messages: [expect.not.objectContaining({ metadata })] });
    expect(await call('conversations.replies', { channel: 'C0ALERTS', ts })).toMatchObject({
      messages: [{ ts }, { thread_ts: ts }],
    });
    slack.scopes.delete('channels:history');
  });

  it('pages newest first', async () => {
    slack.scopes.add('im:history');
    for (const text of ['1', '2', '3']) await posted('U0GIL', { text });
    const first = await call('conversations.history', { channel: 'D0GIL', limit: 2 });
    expect(first).toMatchObject({ messages: [{ text: '3' }, { text: '2' }], has_more: true });
    const { next_cursor: cursor } = first.response_metadata as { next_cursor: string };
    expect(await call('conversations.history', { channel: 'D0GIL', limit: 2, cursor })).toMatchObject({
      messages: [{ text: '1' }],
      has_more: false,
    });
    slack.scopes.delete('im:history');
  });
});

describe('people and channels', () => {
  it.each([
    [
      'users.info',
      { user: 'U0ANA' },
      { user: { is_admin: true, tz: 'Europe/Berlin', profile: { email: 'ana.kovac@acme.example' } } },
    ],
    ['users.info', { user: 'U0GIL' }, { user: { is_restricted: true } }],
    ['users.info', { user: 'U0EVE' }, { user: { team_id: 'T0PARTNER', is_stranger: true } }],
    ['users.info', { user: 'U0NO' }, { error: 'user_not_found' }],
    ['users.lookupByEmail', { email: 'Ben.Okoro@acme.example' }, { user: { id: 'U0BEN' } }],
    ['users.lookupByEmail', { email: 'nobody@acme.example' }, { error: 'users_not_found' }],
    ['usergroups.users.list', { usergroup: 'S0SECOPS' }, { users: ['U0ANA', 'U0BEN'] }],
    ['usergroups.users.list', { usergroup: 'S0NO' }, { error: 'no_such_subteam' }],
    ['conversations.open', { users: 'U0ANA' }, { channel: { id: 'D0ANA' } }],
    ['conversations.open', { users: 'U0NO' }, { error: 'user_not_found' }],
    [
      'conversations.info',
      { channel: 'C0ALERTS' },
      { channel: { name: 'alerts', is_member: true, is_private: false } },
    ],
    ['conversations.info', { channel: 'G0SECURITY' }, { error: 'channel_not_found' }],
    ['views.publish', { user_id: 'U0ANA', view: { type: 'home', blocks: [] } }, { view: { type: 'home' } }],
    ['views.update', { view_id: 'V0NO', view: { type: 'home', blocks: [] } }, { error: 'not_found' }],
    [
      'views.open',
      { trigger_id: 'x', view: { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [] } },
      { error: 'invalid_trigger_id' },
    ],
  ])('%s %j', async (method, args, answer) => {
    expect(await call(method, args)).toMatchObject(answer);
  });

  it('lists people, groups and channels', async () => {
    expect((await call('users.list')).members).toHaveLength(5);
    expect((await call('usergroups.list')).usergroups).toHaveLength(2);
    const { channels } = (await call('conversations.list')) as unknown as { channels: { name: string }[] };
    expect(channels.map((one) => one.name)).toEqual(['general', 'alerts', 'reports']);
  });

  it('refuses what a scope is missing for', async () => {
    slack.scopes.delete('users:read');
    expect(await call('users.info', { user: 'U0ANA' })).toMatchObject({
      error: 'missing_scope',
      needed: 'users:read',
    });
    slack.scopes.add('users:read');
  });
});

it('keeps a log without tokens', async () => {
  await posted('general', { text: 'logged', blocks: [{ type: 'actions', elements: [button('a', 'A')] }] });
  expect(slack.log('chat.postMessage').at(-1)).toMatchObject({
    method: 'chat.postMessage',
    status: 200,
    ok: true,
    args: { text: 'logged' },
  });
  const shown = await (await fetch(`${slack.url}_sim/log`)).text();
  expect(shown).toContain('logged');
  for (const token of [slack.botToken, slack.appToken]) expect(shown).not.toContain(token);
});
