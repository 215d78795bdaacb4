import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { usageHint } from '../../src/commands/table.ts';
import { callbackIds } from '../../src/slack/ids.ts';
import type { Method } from '../../src/slack/web.ts';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'manifest.yml'), 'utf8');

const manifest = z
  .looseObject({
    display_information: z.looseObject({ name: z.string().max(35), description: z.string().max(140) }),
    features: z.looseObject({
      app_home: z.looseObject({ home_tab_enabled: z.boolean(), messages_tab_enabled: z.literal(true) }),
      bot_user: z.looseObject({ display_name: z.string().max(80) }),
      slash_commands: z.array(
        z.looseObject({
          command: z.string().max(32).startsWith('/'),
          description: z.string().max(2000),
          usage_hint: z.string().max(1000),
          should_escape: z.boolean(),
        }),
      ),
      shortcuts: z.array(
        z.looseObject({
          type: z.string(),
          callback_id: z.string().max(255),
          description: z.string().max(150),
        }),
      ),
    }),
    oauth_config: z.looseObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
    settings: z.looseObject({
      interactivity: z.looseObject({ is_enabled: z.boolean() }),
      socket_mode_enabled: z.boolean(),
    }),
  })
  .parse(parse(text));

/** What each method needs (docs.slack.dev/reference/methods); null: nothing beyond a token. */
const scopeOf: { readonly [M in Method]: string | null } = {
  // By the app token, which has a scope of its own.
  'apps.connections.open': null,
  'auth.test': null,
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'conversations.history': 'optional',
  'conversations.info': 'optional',
  'conversations.open': 'im:write',
  'conversations.replies': 'optional',
  'usergroups.users.list': 'usergroups:read',
  'users.info': 'users:read',
  'views.open': null,
  'views.update': null,
};

function calledMethods(): string[] {
  const sources = readdirSync(join(root, 'src/slack'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && path !== 'web.ts')
    .map((path) => readFileSync(join(root, 'src/slack', path), 'utf8'));
  const found = sources.flatMap((source) =>
    [...source.matchAll(/'((?:apps|auth|chat|conversations|usergroups|users|views)\.[a-zA-Z.]+)'/g)].map(
      ([, one]) => one,
    ),
  );
  return [...new Set(found)].filter((one) => one !== undefined).sort();
}

describe('manifest.yml', () => {
  it('asks for the scopes of the methods that are called, and for no other', () => {
    expect(calledMethods()).toEqual(Object.keys(scopeOf).sort());
    const needed = Object.values(scopeOf).filter((scope) => scope !== null && scope !== 'optional');
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual(
      [...new Set([...needed, 'commands'])].sort(),
    );
  });

  it('gives the reason of every scope', () => {
    for (const scope of manifest.oauth_config.scopes.bot)
      expect(text).toMatch(new RegExp(`- ${scope} # .{20}`));
  });

  it('has the slash command with the hint of the commands that there are', () => {
    expect(manifest.features.slash_commands).toMatchObject([
      { command: '/vault', usage_hint: usageHint(), should_escape: false },
    ]);
  });

  it('has the shortcut that the code answers', () => {
    expect(manifest.features.shortcuts).toMatchObject([
      { type: 'message', callback_id: callbackIds.checkSecret },
    ]);
  });

  it('takes clicks, over a socket', () => {
    expect(manifest.settings).toMatchObject({
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
    });
  });
});
