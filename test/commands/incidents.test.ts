import { expect, it } from 'vitest';
import { parse } from '../../src/commands/table.ts';

const week = 7 * 86_400_000;

it.each([
  ['incidents', null, 1],
  ['Incidents page 3', null, 3],
  ['incidents resolved', week, 1],
  ['incidents resolved 12h', 43_200_000, 1],
  ['incidents resolved 7d page 2', week, 2],
])('reads %j', (text, resolvedMs, page) => {
  expect(parse(text)).toEqual({ command: { kind: 'incidents', resolvedMs, page } });
});

it.each(['incidents open', 'incidents resolved soon', 'incidents page 0', 'incidents resolved 7d now'])(
  'answers %j with what it can show',
  (text) => {
    expect(parse(text)).toHaveProperty('answer.suggestions');
  },
);
