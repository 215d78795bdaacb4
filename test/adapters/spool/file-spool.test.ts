import { mkdtemp, readdir, rm } from 'node:fs/promises';
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
});
