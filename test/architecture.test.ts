import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
// @ts-expect-error The rules are a plain configuration module without types.
import rules from '../.dependency-cruiser.mjs';

const root = join(import.meta.dirname, '..');
const maxLines = 200;

/** The pages that the demo shows in a browser are documents, not modules. */
const isPage = (path: string) => /^src\/sandbox\/.*\/page\//.test(path);

function sources(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path}`)
    .filter((path) => path.endsWith('.ts'));
}

describe('architecture', () => {
  it('keeps the layers apart', { timeout: 60_000 }, async () => {
    const { output } = await cruise(['src'], {
      ...rules.options,
      ruleSet: { forbidden: rules.forbidden },
      validate: true,
      baseDir: root,
    });
    const { summary } = output as ICruiseResult;
    const broken = summary.violations.map(
      ({ from, to, rule }) =>
        `${from} → ${to}\n  ${rules.forbidden.find((one: { name: string }) => one.name === rule.name)?.comment}`,
    );
    expect(broken).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThanOrEqual(sources().length);
    expect(summary.totalDependenciesCruised ?? 0).toBeGreaterThan(0);
  });

  it('keeps every file within one sitting of reading', () => {
    const long = sources()
      .filter((path) => !isPage(path))
      .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > maxLines);
    expect(long).toEqual([]);
  });

  it('has no drawer folders', () => {
    const drawers = sources().filter((path) =>
      /\/(utils|helpers|common|types|services|managers)(\/|\.ts$)/.test(path),
    );
    expect(drawers).toEqual([]);
  });

  it('takes time and chance as arguments in the pure folders', () => {
    const impure = sources()
      .filter((path) => /^src\/(domain|checks|commands|slack\/render)\//.test(path))
      .filter((path) =>
        /Date\.now\(|new Date\(\)|Math\.random|process\.|performance\.now/.test(
          readFileSync(join(root, path), 'utf8'),
        ),
      );
    expect(impure).toEqual([]);
  });
});
