import { expect, it } from 'vitest';
import { serviceAnswers } from '../../../src/checks/reach/service-answers.ts';
import type { Health } from '../../../src/domain/evidence/reach.ts';
import { gap, judged, words } from '../../given.ts';

const good: Health = {
  url: 'https://vault.corp.example/api/v1/healthcheck',
  state: 'answered',
  healthy: true,
  readOnly: false,
  detail: '',
  pathSuspect: false,
};

it.each([
  ['healthy', {}, 'pass', 'says that it is healthy'],
  ['no word of read-only', { readOnly: null }, 'pass', 'healthy'],
  ['silent', { state: 'silent', healthy: null }, 'fail', 'within 10 s'],
  [
    'silent at once, with a reason that is a sentence',
    { state: 'silent', healthy: null, detail: 'Its name does not resolve.' },
    'fail',
    'No answer at https://vault.corp.example/api/v1/healthcheck: Its name does not resolve.',
  ],
  [
    'another page',
    { state: 'foreign', healthy: null, detail: 'HTML page' },
    'fail',
    'is not Secret Server: HTML page.',
  ],
  [
    'a path that looks short',
    { state: 'foreign', healthy: null, pathSuspect: true },
    'fail',
    '/SecretServer, looks missing',
  ],
  ['an error of the server', { state: 'failing', healthy: null, detail: 'HTTP 503' }, 'fail', 'HTTP 503'],
  ['not healthy', { healthy: false }, 'fail', 'says that it is not healthy'],
  ['read-only', { readOnly: true }, 'warn', 'read-only or maintenance mode'],
  ['not healthy and read-only', { healthy: false, readOnly: true }, 'fail', 'not healthy'],
  ['no word of health', { healthy: null }, 'unknown', 'does not say whether'],
] as const)('%s', (_, fields, verdict, text) => {
  const row = judged(serviceAnswers, { health: { ...good, ...fields } });
  expect(row.verdict).toBe(verdict);
  expect(words(row)).toContain(text);
  expect(words(row)).not.toMatch(/\.\.|resolve.*within 10 s/);
});

it('speaks of the path only where it is suspect', () => {
  const row = judged(serviceAnswers, { health: { ...good, state: 'foreign', healthy: null } });
  expect(row.finding).not.toContain('/SecretServer');
});

it('does not know without the evidence', () => {
  expect(judged(serviceAnswers, { health: gap }).verdict).toBe('unknown');
});

it('shows what was seen, in the words of the answer or else by its kind', () => {
  const seen = (detail: string) =>
    judged(serviceAnswers, { health: { ...good, state: 'silent', detail } }).evidence[0]?.fact;
  expect([seen('ECONNRESET'), seen('')]).toEqual([`${good.url}: ECONNRESET`, `${good.url}: silent`]);
});
