import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderWith } from '../config/files.ts';
import { vaultcheck } from './command-line.ts';

const timeout = 60_000;

it('ends with 64 and an empty stdout where it was not understood', { timeout }, async () => {
  const { code, stdout, stderr } = await vaultcheck(['check', '--jsno'], { cwd: folderWith({}) });
  expect(stderr).toContain('Did you mean --json?');
  expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
});

it('gives its version', { timeout }, async () => {
  const stdout = expect.stringMatching(/^\d+\.\d+\.\d+\n$/);
  expect(await vaultcheck(['--version'], { cwd: folderWith({}) })).toEqual({ code: 0, stdout, stderr: '' });
});

it('ends quietly when nobody reads its output any more', { timeout }, async () => {
  const main = join(import.meta.dirname, '../../src/main.ts');
  const words = ['--import', import.meta.resolve('tsx'), main, 'config', 'schema'];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
