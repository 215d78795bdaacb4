import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node';

type Totals = { passed: number; failed: number; skipped: number };

/**
 * Prints `tests: N passed, N failed, N skipped` as the very last line of a run.
 * A file that does not import, a hook that throws and a run without any test count as failures, since plain
 * vitest is green when a filter matches nothing. With `VAULTCHECK_MAY_SKIP` set, a skipped test whose name and reason
 * do not match that expression is a failure too: the full run has everything that tests skip for elsewhere.
 */
class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const totals = count(modules);
    totals.failed += errors.length;
    if (totals.passed + totals.failed === 0) totals.failed = 1;
    if (reason === 'failed' && totals.failed === 0) totals.failed = 1;
    if (totals.failed > 0) process.exitCode = 1;
    process.on('exit', () => {
      process.stdout.write(
        `tests: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`,
      );
    });
  }
}

function count(modules: readonly TestModule[]): Totals {
  const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    totals.failed += module.errors().length;
    for (const suite of module.children.allSuites()) totals.failed += suite.errors().length;
    for (const test of module.children.allTests()) totals[outcome(test)] += 1;
  }
  return totals;
}

function outcome(test: TestCase): keyof Totals {
  const result = test.result();
  if (result.state === 'passed' || result.state === 'failed') return result.state;
  const reason = result.state === 'skipped' ? (result.note ?? '') : '';
  const maySkip = process.env.VAULTCHECK_MAY_SKIP;
  if (!maySkip || new RegExp(maySkip).test(`${test.fullName} ${reason}`)) return 'skipped';
  process.stdout.write(`skipped where nothing may be: ${test.module.moduleId}: ${test.fullName} ${reason}\n`);
  return 'failed';
}

// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its file's default export.
export default ClosingLineReporter;
