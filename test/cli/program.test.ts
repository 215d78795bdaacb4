import { describe, expect, it } from 'vitest';
import type { DemoOptions } from '../../src/cli/world.ts';
import type { ServiceConfig } from '../../src/config/load.ts';
import { UnreachableError } from '../../src/roles/unreachable.ts';
import { folderWith, minimalYaml } from '../config/files.ts';
import { runHere } from './in-process.ts';

const canary = 'canary-3e77';
const env = { READER_PASSWORD: canary };
const folder = (yaml = minimalYaml()) => folderWith({ 'vaultcheck.yaml': yaml });

describe('vaultcheck, as typed', () => {
  it.each<[string[], RegExp]>([
    [['check', '--jsno', 'a'], /unknown option '--jsno'[\s\S]*Did you mean --json\?/],
    [['chekc', 'a'], /unknown command 'chekc'[\s\S]*Did you mean check\?/],
    [['config', 'chek'], /unknown command 'chek'[\s\S]*Did you mean check\?/],
    [[], /Usage: vaultcheck/],
    [['check'], /Name at least one secret, or use --all/],
    [['check', 'a', '--all'], /not both/],
    [['check', 'a', 'x'.repeat(300)], /"x{40}…" has 300 characters, and no name is that long: at most 255/],
    [['audit', 'x'.repeat(256)], /has 256 characters, and no name is that long/],
    [['check', 'a', ' '], /The name of a secret is empty/],
    [['--config', 'nowhere.yaml', 'check'], /Name at least one secret, or use --all/],
    [['check', 'a', '--timeout', 'soon'], /Write a length of time/],
    [['check', 'a', '--integration', 'crop'], /Did you mean "corp"\?/],
    [['check', 'a', '--save-evidence', 'no/such/folder/x.json'], /cannot be written to .*no\/such\/folder/],
    [['audit'], /missing required argument 'name'/],
    [['audit', 'a', '--secret', '--account'], /not both/],
    [['start', '--role', 'boss'], /Allowed choices are all, bot, worker, listener/],
    [['demo', '--port', 'http'], /Write a port number/],
    [['replay'], /missing required argument 'file'/],
    [['replay', 'nowhere.json'], /nowhere\.json cannot be read/],
    [['replay', 'vaultcheck.yaml'], /no saved evidence/],
  ])('%j is a usage error: 64, said on stderr, nothing on stdout', async (words, said) => {
    const { code, stdout, stderr } = await runHere(words, { cwd: folder(), env });
    expect(stderr).toMatch(said);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
  });

  it.each<[string[], string, Record<string, string>, RegExp]>([
    [['check', 'a'], minimalYaml(), {}, /reader\.password: the variable READER_PASSWORD is not set/],
    [
      ['config', 'check'],
      minimalYaml({ top: 'slcak: 1' }),
      env,
      /vaultcheck\.yaml:2 {2}slcak: is not a known key/,
    ],
    [['config', 'check', 'other.yaml'], minimalYaml(), env, /there is no file .*other\.yaml/],
    [['check', '--config', 'other.yaml', 'a'], minimalYaml(), env, /there is no file .*other\.yaml/],
    [['--config', 'other.yaml', 'check', 'a'], minimalYaml(), env, /there is no file .*other\.yaml/],
  ])(
    '%j is a configuration error: 78, said on stderr, nothing on stdout',
    async (words, yaml, given, said) => {
      const { code, stdout, stderr } = await runHere(words, { cwd: folder(yaml), env: given });
      expect(stderr).toMatch(said);
      expect(stderr).not.toContain(canary);
      expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
    },
  );

  it.each([
    ['--help'],
    ['check', '--help'],
    ['replay', '--help'],
    ['checks', '--help'],
    ['audit', '--help'],
    ['start', '--help'],
    ['demo', '--help'],
    ['config', '--help'],
    ['config', 'check', '--help'],
    ['help', 'check'],
  ])('gives help and examples for %s %s %s', async (...words) => {
    const { code, stdout } = await runHere(words, { cwd: folder(), env });
    expect(stdout).toMatch(/Usage: vaultcheck[\s\S]*Examples:\n {2}\$ vaultcheck/);
    expect(code).toBe(0);
  });

  it('gives its version', async () => {
    expect(await runHere(['--version'], { cwd: folder() })).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });

  it('confirms a file that is right', async () => {
    const { code, stdout } = await runHere(['config', 'check'], { cwd: folder(), env });
    expect(stdout).toBe('vaultcheck.yaml is right: 1 integration (corp). `start` also needs slack.access.\n');
    expect(code).toBe(0);
  });

  it('prints the JSON Schema of the file', async () => {
    const { code, stdout } = await runHere(['config', 'schema'], { cwd: folder() });
    expect(JSON.parse(stdout)).toMatchObject({ type: 'object', required: ['version', 'integrations'] });
    expect(code).toBe(0);
  });

  it('lists the catalogue', async () => {
    const { code, stdout } = await runHere(['checks', '--json'], { cwd: folder() });
    const rows = JSON.parse(stdout) as Record<string, string>[];
    expect(rows.length).toBeGreaterThan(0);
    expect(Object.keys(rows[0] ?? {})).toEqual(['id', 'section', 'title', 'why', 'remedy']);
    expect(code).toBe(0);
  });

  it('hands start its configuration, with the role of the flag', async () => {
    const cwd = folder(minimalYaml({ top: 'slack: { access: { check: anyone } }' }));
    const tokens = { SLACK_BOT_TOKEN: 'xoxb-1', REDIS_URL: 'redis://localhost' };
    const started: ServiceConfig[] = [];
    const world = { startService: async (config: ServiceConfig) => void started.push(config) };
    const { code } = await runHere(['start', '--role', 'worker'], { cwd, env: { ...env, ...tokens }, world });
    expect(started.map((one) => one.service.role)).toEqual(['worker']);
    expect(code).toBe(0);
  });

  it('tells start that is not ready everything it lacks: 78', async () => {
    const { code, stdout, stderr } = await runHere(['start'], { cwd: folder(), env });
    expect(stderr).toMatch(
      /slack\.access: is missing[\s\S]*SLACK_BOT_TOKEN: is not set[\s\S]*SLACK_APP_TOKEN/,
    );
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
  });

  it('gives the demo its defaults, and no configuration', async () => {
    const given: DemoOptions[] = [];
    const world = { runDemo: async (options: DemoOptions) => void given.push(options) };
    await runHere(['demo'], { cwd: folder('not: [yaml'), world });
    expect(given).toEqual([expect.objectContaining({ port: 3080, host: '127.0.0.1', scenario: null })]);
  });

  it.each<[Error, number, RegExp]>([
    [
      new UnreachableError('Redis at redis://r.example cannot be reached.'),
      75,
      /^Redis at redis:\/\/r\.example/,
    ],
    [
      new TypeError('x is undefined'),
      70,
      /a bug in Vaultcheck \(reference [0-9a-f]{8}\)[\s\S]*TypeError: x is undefined[\s\S]* at /,
    ],
    [new Error(canary), 70, /a bug in Vaultcheck/],
  ])('ends after %s with %i', async (error, expected, said) => {
    const world = {
      runDemo: async () => {
        throw error;
      },
    };
    const { code, stdout, stderr } = await runHere(['demo'], { cwd: folder(), world });
    expect(stderr).toMatch(said);
    expect(stderr).not.toContain(canary);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  });
});
