import { describe, expect, it } from 'vitest';
import { verdictCode } from '../../src/cli/exit-codes.ts';
import { progressOn } from '../../src/cli/progress.ts';
import { styleFor, type Terminal } from '../../src/cli/terminal.ts';
import type { Overall } from '../../src/domain/report.ts';

describe('the style of the output', () => {
  it.each<[boolean, Record<string, string>, boolean]>([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [false, { FORCE_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [true, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [true, { TERM: 'dumb' }, false],
  ])('terminal %s with %j has colour: %s', (isTTY, env, colour) => {
    expect(styleFor({ isTTY, columns: 80 }, env).colour).toBe(colour);
  });

  it('uses the width of a terminal within reason, and a fixed one elsewhere', () => {
    const widthOf = (stream: { isTTY?: boolean; columns?: number }) => styleFor(stream, {}).width;
    expect([
      widthOf({ isTTY: true, columns: 72 }),
      widthOf({ isTTY: true, columns: 300 }),
      widthOf({ isTTY: true, columns: 8 }),
      widthOf({ columns: 50 }),
    ]).toEqual([72, 100, 40, 100]);
  });
});

it.each<[Overall[], boolean, number]>([
  [['pass'], false, 0],
  [['warn'], false, 0],
  [['warn'], true, 1],
  [['unknown'], false, 2],
  [['unknown', 'warn'], true, 2],
  [['pass', 'fail', 'unknown'], false, 1],
  [[], false, 2],
])('reports %j, strict %s, end with %i', (words, strict, code) => {
  expect(
    verdictCode(
      words.map((overall) => ({ overall })),
      strict,
    ),
  ).toBe(code);
});

describe('progress', () => {
  const written: string[] = [];
  const terminal = (isWatched: boolean): Terminal => ({
    out: () => {},
    err: (text) => void written.push(text),
    env: {},
    cwd: '/',
    style: { colour: false, width: 80, timeZone: 'UTC' },
    isWatched,
  });

  it('says nothing where nobody watches', () => {
    const progress = progressOn(terminal(false));
    progress.expect(2);
    progress.waiting(['Secret Server']);
    progress.finished();
    progress.clear();
    expect(written).toEqual([]);
  });

  it('rewrites one line and takes it away', () => {
    const progress = progressOn(terminal(true));
    progress.expect(1);
    progress.expect(1);
    progress.waiting(['Secret Server']);
    progress.finished();
    progress.clear();
    expect(written.at(-2)).toContain('1 of 2 secrets checked · waiting for Secret Server');
    expect(written.at(-1)).toBe('\r\u001b[2K');
    expect(written.join('')).not.toContain('\n');
  });
});
