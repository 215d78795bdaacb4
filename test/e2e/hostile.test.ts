import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openIntegrations } from '../../src/compose.ts';
import { addSecret } from '../../src/sandbox/secret-server/world/build.ts';
import { secret } from '../../src/sandbox/secret-server/world/find.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { runHere } from '../cli/in-process.ts';
import { testRedis } from '../redis.ts';
import { type Running, reportsTo, runningService, type Surroundings, surroundings } from './place.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

const cursorMoves = '\u001b[2J\u001b]0;owned\u0007';

describe('hostile words', { timeout: 60_000 }, () => {
  const redis = testRedis();
  let around: Surroundings;
  let service: Running;
  beforeAll(async () => {
    around = await surroundings();
    service = await runningService(around, redis.target());
  });
  afterAll(async () => {
    await service?.stop();
    await around?.close();
  });

  it.each([
    ['10,000 characters', `check ${'a'.repeat(10_000)}`],
    ['a mention of everybody', 'check <!channel>'],
    ['control characters', `check "scan${cursorMoves}admin"`],
    ['emoji and text from right to left', 'check "🔐 \u202eكلمة"'],
    ['nothing but quotes', 'check """"'],
    ['what Redis and URLs take for their own', 'check "../..:*?[a]%00\r\n{x}"'],
    ['no command of ours', '<script>alert(1)</script>'],
  ])('of a person are answered and page nobody: %s', async (_, words) => {
    const { slack } = around;
    const asked = await slack.command('U0ANA', 'general', `/vault ${words}`);
    expect(asked.acked).toBe(true);
    const said = JSON.stringify(asked.answer);
    expect(said.length).toBeGreaterThan(20);
    expect(said).not.toMatch(/<!(channel|here|everyone)/);
    expect(said).not.toContain('\\u001b');
    if (said.includes('Checking')) {
      const before = reportsTo(slack, 'U0ANA').length;
      await slack.waitFor(() => reportsTo(slack, 'U0ANA').length > before - 1 || null, 20_000);
    }
    expect(slack.notices('U0ANA').filter(({ text }) => text.includes('failed with the error'))).toEqual([]);
  });

  it('of the vendor page nobody in Slack and move no cursor in the terminal', async () => {
    const { world } = around.vault;
    const name = `<!channel> ${cursorMoves}`;
    secret(world, corp.secretId).doubleLock = true;
    Object.assign(world.users.find(({ userName }) => userName === corp.administrator) ?? {}, {
      displayName: name,
    });
    addSecret(world, { name: corp.secret, folderId: secret(world, corp.secretId).folderId });
    world.folders.push({ ...world.folders[0], id: 99_001, name } as (typeof world.folders)[number]);
    addSecret(world, { name: corp.secret, folderId: 99_001 });
    const { REDIS_URL: _, ...env } = around.env;
    const ended = await runHere(['check', corp.secret], {
      cwd: around.folder,
      env,
      world: { openIntegrations },
    });
    expect(ended.stdout).toContain('secret-found');
    expect(ended.stdout + ended.stderr).not.toContain('\u001b');
    const before = reportsTo(around.slack, 'U0BEN').length;
    await around.slack.command('U0BEN', 'general', `/vault check ${corp.secret}`);
    const message = await around.slack.waitFor(() => reportsTo(around.slack, 'U0BEN')[before], 20_000);
    expect(JSON.stringify([message.text, message.blocks])).not.toMatch(/<!channel>|\\u001b/);
    around.mend();
  });

  it.each([
    ['not YAML', 'version: [1'],
    ['another shape', 'version: 1\nintegrations: 42\n'],
    ['wrong types', 'version: "1"\nintegrations: [{ name: [], secretServer: 7, scanAccounts: {} }]\n'],
    [
      'an alias bomb',
      `a: &a [x]\n${'bcdefghij'.replaceAll(/./g, (key) => `${key}: &${key} [*a, *a, *a, *a, *a]\n`)}`,
    ],
    [
      'hundreds of unknown keys',
      `version: 1\n${Array.from({ length: 400 }, (_, at) => `key${at}: ${at}`).join('\n')}`,
    ],
  ])('of a configuration end with 78 and its lines: %s', async (_, yaml) => {
    writeFileSync(join(around.folder, 'hostile.yaml'), yaml);
    const words = ['--config', 'hostile.yaml', 'check', 'scanadmin'];
    const ended = await runHere(words, { cwd: around.folder, env: around.env, world: { openIntegrations } });
    expect({ code: ended.code, stdout: ended.stdout }, ended.stderr.slice(0, 500)).toEqual({
      code: 78,
      stdout: '',
    });
    expect(ended.stderr).not.toContain('bug in Vaultcheck');
  });
});

describe('hostile requests', { timeout: 60_000 }, () => {
  const redis = testRedis();

  it('over HTTP are refused before any work: unsigned, or too large', async () => {
    const around = await surroundings();
    const free = await freePort();
    const service = await runningService(around, redis.target(), {
      SLACK_APP_TOKEN: '',
      SLACK_SIGNING_SECRET: around.slack.signingSecret,
      PORT: String(free),
    });
    try {
      const url = `http://127.0.0.1:${free}/slack/events`;
      around.slack.requestUrl(url);
      const asked = await around.slack.command('U0ANA', 'general', '/vault help');
      expect(asked.acked).toBe(true);
      const post = (body: string) =>
        fetch(url, {
          method: 'POST',
          body,
          headers: {
            'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
            'x-slack-signature': `v0=${'0'.repeat(64)}`,
          },
        }).then(
          ({ status }) => status,
          () => 'cut',
        );
      const calls = around.slack.log().length;
      expect(await post('command=/vault&text=check+scanadmin')).toBe(401);
      expect([413, 'cut']).toContain(await post('x'.repeat(20_000_000)));
      expect(around.slack.log().length).toBe(calls);
      expect(reportsTo(around.slack, 'U0ANA')).toEqual([]);
    } finally {
      await service.stop();
      await around.close();
    }
  });
});
