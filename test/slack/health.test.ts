import { describe, expect, it } from 'vitest';
import { slackWorkspace } from '../../src/sandbox/slack/workspace.ts';
import { slackHealth } from '../../src/slack/health.ts';
import { slackWeb } from '../../src/slack/web.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

async function aWorkspace(scopes?: readonly string[]) {
  const workspace = await slackWorkspace(scopes ? { scopes } : {});
  const calling = (botToken: string) =>
    slackWeb(
      { botToken, apiUrl: workspace.apiUrl },
      { telemetry: { slackCalled: () => {} }, log, now: Date.now },
    );
  const health = (botToken = workspace.botToken, appToken: string | null = null) =>
    slackHealth(calling(botToken), appToken === null ? null : calling(appToken));
  return { workspace, health, [Symbol.asyncDispose]: () => workspace.close() };
}

const channels = ['C0ALERTS', 'C0SECURITY', 'C0NOWHERE'].map((id) => ({ id, where: 'slack.alerts' }));

describe('Slack about our token', () => {
  it('tells that nothing is missing, and which channels the bot is in', async () => {
    await using given = await aWorkspace();
    const state = await given.health().read(channels);
    expect(state).toMatchObject({ missing: [] });
    expect(state.optional.map(({ scope }) => scope)).toEqual(['channels:history', 'groups:history']);
    expect(state.channels.map((one) => one.state)).toEqual([
      'member',
      expect.stringMatching(/not-member|absent/),
      'absent',
    ]);
  });

  it('tells which scopes are missing, and leaves out what they would show', async () => {
    await using given = await aWorkspace(['commands', 'chat:write']);
    const state = await given.health().read(channels);
    expect(state.missing?.map(({ scope }) => scope)).toEqual(['im:write', 'users:read', 'usergroups:read']);
    expect(state.channels.map((one) => one.state)).toEqual(['unasked', 'unasked', 'unasked']);
  });

  it('throws denied for a token that Slack refuses, without it', async () => {
    await using given = await aWorkspace();
    const ended = given
      .health('xoxb-wrong-token')
      .read([])
      .catch((error: unknown) => error);
    expect(await ended).toMatchObject({
      name: 'GapError',
      gap: { cause: 'denied', detail: expect.stringContaining('invalid_auth') },
    });
    expect(JSON.stringify(await ended)).not.toContain('xoxb-wrong');
  });

  it('tries the app token and opens no socket', async () => {
    await using given = await aWorkspace();
    const { workspace, health } = given;
    expect(await health().read([])).toMatchObject({ socket: null });
    expect(await health(workspace.botToken, workspace.appToken).read([])).toMatchObject({
      socket: { known: true },
    });
    expect(workspace.sockets.count()).toBe(0);
    const { socket } = await health(workspace.botToken, 'xapp-wrong-token').read([]);
    expect(socket).toMatchObject({ gap: { cause: 'denied' } });
    expect(JSON.stringify(socket)).not.toContain('xapp-wrong');
  });
});
