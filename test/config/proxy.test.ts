import { expect, it } from 'vitest';
import { proxyFor } from '../../src/config/proxy.ts';
import { sealed } from '../../src/config/sealed.ts';

it.each<[string, string, boolean]>([
  ['https://vault.corp.example/x', '', true],
  ['https://vault.corp.example/x', 'other.example, .elsewhere.example', true],
  ['https://vault.corp.example/x', '*', false],
  ['https://vault.corp.example/x', 'a.example,corp.example', false],
  ['https://vault.corp.example/x', '.corp.example', false],
  ['https://vault.corp.example/x', '*.CORP.example', false],
  ['https://vault.corp.example/x', 'vault.corp.example:443', false],
  ['https://vault.corp.example/x', 'vault.corp.example:8443', true],
  ['https://notcorp.example/x', 'corp.example', true],
  ['https://[::1]:8443/x', '[::1]', false],
])('%s with NO_PROXY=%s goes through the proxy: %s', (url, noProxy, isProxied) => {
  const proxy = { url: sealed('http://proxy.example:3128'), noProxy };
  expect(proxyFor(url, proxy)?.reveal() ?? null).toBe(isProxied ? 'http://proxy.example:3128' : null);
});

it('needs a proxy to go through one', () => {
  expect(proxyFor('https://vault.corp.example', null)).toBeNull();
});
