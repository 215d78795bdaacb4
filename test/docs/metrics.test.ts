import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const docs = readFileSync(join(root, 'docs/operating.md'), 'utf8');

/** Every metric that some file of ours makes. */
function made(): string[] {
  const files = ['ops', 'roles'].flatMap((folder) =>
    readdirSync(join(root, 'src', folder)).map((name) => join(root, 'src', folder, name)),
  );
  const all = files.flatMap((file) => readFileSync(file, 'utf8').match(/'vaultcheck_[a-z_]+'/g) ?? []);
  return [...new Set(all.map((one) => one.slice(1, -1)))].sort();
}

/** The first column: names in full, and those that go on from the first name's words but for the last. */
function written(): string[] {
  const cells = docs.split('\n').flatMap((line) => /^\| (`vaultcheck_[^|]*)\|/.exec(line)?.[1] ?? []);
  return cells
    .flatMap((cell) => {
      const [first = '', ...rest] = (cell.match(/`[a-z_]+`/g) ?? []).map((one) => one.slice(1, -1));
      const stem = /^vaultcheck_(syslog|events)/.exec(first)?.[0] ?? first;
      return [first, ...rest.map((one) => `${stem}${one}`)];
    })
    .sort();
}

it('the table of metrics has those that are made, and no other', () => {
  expect(made().length).toBeGreaterThan(15);
  expect(written()).toEqual(made());
});

it('the sample rules are YAML, and ask for metrics that are made', () => {
  const [, block = ''] = /```yaml\n(groups:[\s\S]*?)```/.exec(docs) ?? [];
  const { groups } = parse(block) as { groups: { rules: { alert: string; expr: string }[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  expect(rules.length).toBeGreaterThan(3);
  const asked = rules.flatMap(({ expr }) => expr.match(/vaultcheck_[a-z_]+/g) ?? []);
  expect(made()).toEqual(expect.arrayContaining(asked));
});
