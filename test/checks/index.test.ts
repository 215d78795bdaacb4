import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { sections } from '../../src/domain/check.ts';
import { evidenceKeys } from '../../src/domain/evidence/index.ts';
import { explanations } from '../../src/domain/explains.ts';
import { bookOf, context, denied, qualys, second } from '../given.ts';

const folder = join(import.meta.dirname, '..', '..', 'src', 'checks');

function onDisk(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && dirname(path) !== '.',
  );
}

describe('the catalogue', () => {
  it('lists what lies on disk: one rule per file, called and placed by its id and section', () => {
    const listed = checks.map(({ id, section }) => join(section, `${id}.ts`));
    expect(listed.toSorted()).toEqual(onDisk().toSorted());
    expect(onDisk().length).toBeGreaterThan(0);
  });

  it('has a test beside each rule', () => {
    const tested = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
    const missing = onDisk().filter(
      (path) => !tested.includes(join(dirname(path), `${basename(path, '.ts')}.test.ts`)),
    );
    expect(missing).toEqual([]);
  });

  it('has each id once, section by section', () => {
    const ids = checks.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    const order = checks.map((one) => sections.indexOf(one.section));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('tells of every rule that blocks what its failure explains', () => {
    const causes = new Set(explanations().map((one) => one.cause));
    const blocking = checks.filter((one) => one.blocking).map((one) => one.id);
    expect(blocking.filter((id) => !causes.has(id))).toEqual([]);
  });
});

describe.each(checks.map((check) => [check.id, check] as const))('%s', (_, check) => {
  it.each([
    ['nothing at all', {}],
    ['a gap for everything', bookOf(Object.fromEntries(evidenceKeys.map((key) => [key, { gap: denied }])))],
  ])('passes nothing when it is given %s', (_, book) => {
    for (const accounts of [[qualys], [qualys, second]]) {
      const { judgement } = check.apply(book, context({ scanAccounts: accounts }));
      expect(['unknown', 'skipped']).toContain(judgement.verdict);
    }
  });

  it('says in whole sentences what holds, why it counts and what to do', () => {
    expect(check.title).toMatch(/^[A-Z][^.!?]*$/);
    expect(check.title).not.toMatch(/\b(verify|ensure|should|must)\b/i);
    expect(check.why).toMatch(/^[A-Z].*\.$/);
    expect(check.remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('asks for evidence that exists, each piece once', () => {
    const asked = [...check.needs, ...check.wants];
    expect(evidenceKeys).toEqual(expect.arrayContaining(asked));
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeGreaterThan(0);
  });
});
