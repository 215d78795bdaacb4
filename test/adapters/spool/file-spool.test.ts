import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSpool } from '../../../src/adapters/spool/file-spool.ts';

let top: string;
let folder: string;
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'vc-'));
  folder = join(top, 'spool');
});
afterEach(() => rm(top, { recursive: true, force: true }));

async function drained(spool: ReturnType<typeof fileSpool>): Promise<string[]> {
  const lines: string[] = [];
  await spool.drain(async (line) => void lines.push(line));
  return lines;
}

describe('the spool', () => {
  it('gives back what it kept, in order, once, and leaves nothing behind', async () => {
    const spool = fileSpool({ folder });
    await Promise.all(['a', 'b', 'c'].map((line) => spool.keep(line)));
    expect(await drained(spool)).toEqual(['a', 'b', 'c']);
    expect(await drained(spool)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('makes no folder where nothing is kept', async () => {
    expect(await drained(fileSpool({ folder }))).toEqual([]);
    expect(await readdir(top)).toEqual([]);
  });

  it('is there for the next process, also what was being handed in when the last one was killed', async () => {
    await fileSpool({ folder }).keep('a');
    const killed = fileSpool({ folder }).drain(async () => {
      throw new Error('Redis went away');
    });
    await expect(killed).rejects.toThrow('Redis went away');
    const next = fileSpool({ folder });
    await next.keep('b');
    expect(await drained(next)).toEqual(['a', 'b']);
  });

  it('says when it is full, and keeps no more', async () => {
    const spool = fileSpool({ folder, maxBytes: 10 });
    expect([await spool.keep('12345'), await spool.keep('12345')]).toEqual([true, false]);
    expect(await drained(spool)).toEqual(['12345']);
    expect(await spool.keep('12345')).toBe(true);
  });

  it('counts what could not be handed in, and is bounded by it', async () => {
    const spool = fileSpool({ folder, maxBytes: 10 });
    await spool.keep('12345');
    const away = spool.drain(async () => {
      throw new Error('Redis went away again');
    });
    await expect(away).rejects.toThrow('again');
    expect(await spool.keep('12345')).toBe(false);
    expect(await drained(spool)).toEqual(['12345']);
    expect(await spool.keep('12345')).toBe(true);
  });

  it('loses no line to half a line that another process was killed over', async () => {
    await fileSpool({ folder }).keep('a');
    const [name = ''] = await readdir(folder);
    await appendFile(join(folder, name), 'half of');
    const next = fileSpool({ folder });
    await next.keep('b');
    expect((await drained(next)).sort()).toEqual(['a', 'b', 'half of']);
  });

  /** The number of a process that has ended. */
  const gone = () => spawnSync(process.execPath, ['-e', '']).pid;
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

  it.each([
    ['leaves alone what a living process writes', () => process.ppid, 0, []],
    ['takes over what a process left that is gone', gone, 0, ['theirs']],
    [
      'takes over what nobody touched for long, whoever has the number now',
      () => process.ppid,
      11,
      ['theirs'],
    ],
  ])('%s', async (_, pidOf, untouchedMinutes, expected) => {
    await mkdir(folder);
    const path = join(folder, `events.000001700000000.${pidOf()}.abcdef.1.kept`);
    await writeFile(path, 'theirs\n');
    await utimes(path, minutesAgo(untouchedMinutes), minutesAgo(untouchedMinutes));
    expect(await drained(fileSpool({ folder }))).toEqual(expected);
  });

  it('hands each line to one of two processes that begin at once', async () => {
    const before = fileSpool({ folder });
    const lines = ['a', 'b', 'c', 'd'];
    for (const line of lines) {
      await before.keep(line);
      // Each in a file of its own.
      await before.drain(() => Promise.reject(new Error('away'))).catch(() => undefined);
    }
    const both = await Promise.all([drained(fileSpool({ folder })), drained(fileSpool({ folder }))]);
    expect(both.flat().sort()).toEqual(lines);
  });

  it('says why nothing can be kept, and rejects what it is given then', async () => {
    expect(await fileSpool({ folder }).problem()).toBeNull();
    const file = join(top, 'file');
    await writeFile(file, '');
    const spool = fileSpool({ folder: join(file, 'spool') });
    expect(await spool.problem()).toMatch(/nothing can be written in .*spool \(ENOTDIR\).*VAULTCHECK_DATA/);
    await expect(spool.keep('a')).rejects.toThrow();
    expect(await drained(spool)).toEqual([]);
  });
});
