import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditWords } from '../../src/commands/audit.ts';
import { checkWords } from '../../src/commands/check.ts';
import { commandsFor, commandTable, parse, permissionOf, usageHint } from '../../src/commands/table.ts';
import { dayMs } from '../../src/domain/instant.ts';

const check = (secret: string, more: object = {}) => ({
  command: { kind: 'check', secret, integration: null, audience: 'person', ...more },
});
const audit = (kind: string, name: string, more: object = {}) => ({
  command: { kind: 'audit', subject: { kind, name }, integration: null, sinceMs: null, ...more },
});

const offered = (text: string) => {
  const parsed = parse(text);
  return 'answer' in parsed ? parsed.answer.suggestions.map((one) => one.words) : null;
};

describe('parse', () => {
  it.each([
    ['', { command: { kind: 'menu' } }],
    ['check scanadmin', check('scanadmin')],
    ['CHECK ScanAdmin IN Corp PUBLIC', check('ScanAdmin', { integration: 'Corp', audience: 'channel' })],
    ['check scanadmin public in corp', check('scanadmin', { integration: 'corp', audience: 'channel' })],
    ['check "all"', check('all')],
    ['check in', check('in')],
    ['check all', { command: { kind: 'check-all', integration: null, audience: 'person' } }],
    ['check ALL public in lab', { command: { kind: 'check-all', integration: 'lab', audience: 'channel' } }],
    ['audit scanadmin', audit('secret', 'scanadmin')],
    ['audit account svc-qualys 7d', audit('account', 'svc-qualys', { sinceMs: 7 * dayMs })],
    [
      'audit secret account in corp 12h',
      audit('secret', 'account', { integration: 'corp', sinceMs: dayMs / 2 }),
    ],
    ['audit secret', audit('secret', 'secret')],
    ['explain Secret-DoubleLock', { command: { kind: 'explain', check: 'secret-doublelock' } }],
    ['status', { command: { kind: 'status' } }],
    ['history scanadmin', { command: { kind: 'history', secret: 'scanadmin', integration: null } }],
    ['history "in" IN corp', { command: { kind: 'history', secret: 'in', integration: 'corp' } }],
    ['explain', { command: { kind: 'explain', check: null } }],
    ['help Check', { command: { kind: 'help', topic: 'check' } }],
    ['log', { command: { kind: 'log' } }],
  ])('understands %j', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it.each([
    ['chekc scanadmin', ['check scanadmin']],
    ['check Domain Admin', ['check "Domain Admin"']],
    ['check scanadmin pubic', ['check scanadmin public', 'check "scanadmin pubic"']],
    ['check', ['check all']],
    ['scanadmin', ['check scanadmin', 'help']],
    ['Domain Admin', ['check "Domain Admin"', 'help']],
    [`check ${'x'.repeat(501)}`, []],
    ['audit scanadmin week', ['audit scanadmin', 'audit "scanadmin week"']],
    ['audit', []],
    ['history', []],
    ['history Domain Admin', ['history "Domain Admin"']],
  ])('answers %j with what could be meant', (text, expected) => {
    expect(offered(text)).toEqual(expected);
  });

  it('understands every example and every suggestion of its own', () => {
    for (const { examples } of commandTable) {
      for (const example of examples) expect(parse(example)).toHaveProperty('command');
    }
    for (const text of ['chekc scanadmin', 'check Domain Admin', 'check scanadmin pubic']) {
      for (const words of offered(text) ?? []) expect(parse(words)).toHaveProperty('command');
    }
  });

  it('reads back the names that it writes', () => {
    const name = fc
      .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 })
      .map((text) => text.replace(/\s+/g, ' ').trim())
      .filter((text) => text !== '' && !/[<>&]/.test(text));
    fc.assert(
      fc.property(name, (secret) => {
        expect(parse(checkWords({ secret, integration: 'corp', audience: 'channel' }))).toEqual(
          check(secret, { integration: 'corp', audience: 'channel' }),
        );
        expect(parse(auditWords({ kind: 'account', name: secret }, null))).toEqual(audit('account', secret));
      }),
    );
  });

  it('always answers, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const parsed = parse(text);
        if ('answer' in parsed) expect(parsed.answer.text).not.toBe('');
        else expect(parsed.command.kind).toBeTypeOf('string');
      }),
    );
  });
});

describe('the table', () => {
  it('shows only what somebody may run', () => {
    expect(commandsFor(new Set()).map(({ name }) => name)).toEqual(['explain', 'help']);
    expect(commandsFor(new Set(['check'] as const)).map(({ name }) => name)).not.toContain('log');
    expect(commandsFor(new Set(['admin'] as const)).map(({ name }) => name)).toContain('log');
  });

  it('knows who may run what', () => {
    expect(permissionOf({ kind: 'check-all', integration: null, audience: 'person' })).toBe('check');
    expect(permissionOf({ kind: 'log' })).toBe('admin');
    expect(permissionOf({ kind: 'menu' })).toBeNull();
  });

  it('fits into the hint of a manifest', () => {
    expect(usageHint()).toBe('[check | audit | incidents | status | history | explain | log | help]');
  });
});
