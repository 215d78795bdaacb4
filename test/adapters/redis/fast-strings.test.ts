import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Whether the engine keeps the methods of strings in its fast form, in a process that has loaded this. */
function hasFastStrings(load: string): string {
  const script = `await import(${JSON.stringify(load)}); console.log(%HasFastProperties(String.prototype));`;
  const words = ['--allow-natives-syntax', '--import', import.meta.resolve('tsx'), '--input-type=module'];
  return execFileSync(process.execPath, [...words, '-e', script], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
  }).trim();
}

it('strings are as fast with our connections to Redis as without', () => {
  expect(hasFastStrings(new URL('../../../src/adapters/redis/connect.ts', import.meta.url).href)).toBe(
    'true',
  );
});

it('the library alone makes them slow: when it no longer does, fast-strings.ts can go', () => {
  expect(hasFastStrings(import.meta.resolve('ioredis'))).toBe('false');
});
