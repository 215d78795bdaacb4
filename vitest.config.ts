import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/closing-line-reporter.ts'],
    pool: 'forks',
    // Most tests wait for sockets and processes: more files than cores at once cost nothing.
    maxWorkers: 3,
    // The full run sets this: on a shared machine a test of real sockets is tried once more before it counts as broken.
    retry: Number(process.env.VAULTCHECK_TEST_RETRIES ?? 0),
    testTimeout: 20_000,
    hookTimeout: 40_000,
    // A condition that is waited for has the time of a loaded machine; one that holds at once costs nothing.
    expect: { poll: { timeout: 15_000 } },
    teardownTimeout: 10_000,
    restoreMocks: true,
    unstubEnvs: true,
  },
});
