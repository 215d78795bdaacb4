import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { openProbe } from '../../src/cli/run-probe.ts';
import type { ProbeOptions } from '../../src/cli/world.ts';
import { openLog } from '../../src/ops/log.ts';
import { runHere } from './in-process.ts';

const cwd = tmpdir();

async function probe(words: string, env: Record<string, string> = {}) {
  const served: ProbeOptions[] = [];
  const serveProbe = async (options: ProbeOptions) => void served.push(options);
  const ended = await runHere(['probe', ...words.split(' ')], { cwd, env, world: { serveProbe } });
  return { ...ended, served };
}

describe('vaultcheck probe', () => {
  it('serves its site with no more than REDIS_URL', async () => {
    const words = '--site dmz --allow vault.corp.example:443 [fd00::7]:8443 --allow other:443';
    const { code, served } = await probe(words, { REDIS_URL: 'redis://h:1' });
    expect(code).toBe(0);
    expect(served).toMatchObject([
      {
        site: 'dmz',
        allow: [
          { host: 'vault.corp.example', port: 443 },
          { host: 'fd00::7', port: 8443 },
          { host: 'other', port: 443 },
        ],
        redis: { shown: 'redis://h:1' },
      },
    ]);
  });

  it.each([
    ['no site', '--allow h:443', 64, /--site/],
    ['nothing allowed', '--site dmz', 64, /--allow/],
    ['a site that is no name', '--site d*z --allow h:443', 64, /letters, digits/],
    ['a target without port', '--site dmz --allow h', 64, /host:port/],
    ['no Redis', '--site dmz --allow h:443', 78, /REDIS_URL.*is not set/],
  ])('refuses %s', async (_, words, code, text) => {
    const ended = await probe(words);
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(text), served: [] });
  });

  it('says that a Redis URL is wrong, once and without repeating it', async () => {
    const { code, stderr } = await probe('--site dmz --allow h:443', { REDIS_URL: 'http://hidden' });
    expect(code).toBe(78);
    expect(stderr.match(/REDIS_URL/g)).toHaveLength(1);
    expect(stderr).not.toContain('hidden');
  });

  it('says that Redis cannot be reached', { timeout: 30_000 }, async () => {
    const { served } = await probe('--site dmz --allow h:443', { REDIS_URL: 'redis://127.0.0.1:1' });
    const [options] = served;
    if (!options) throw new Error('nothing was served');
    const log = openLog({ level: 'silent', secrets: [] });
    await expect(openProbe(options, log, 200)).rejects.toMatchObject({
      name: 'UnreachableError',
      message: expect.stringContaining('redis://127.0.0.1:1 cannot be reached'),
    });
  });
});
