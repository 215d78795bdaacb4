import { expect, it } from 'vitest';
import { tlsTrusted } from '../../../src/checks/reach/tls-trusted.ts';
import type { Handshake } from '../../../src/domain/evidence/reach.ts';
import { dayMs } from '../../../src/domain/instant.ts';
import { at, gap, judged, words } from '../../given.ts';

const good: Handshake = {
  problem: null,
  detail: '',
  protocol: 'TLSv1.3',
  subject: 'vault.corp.example',
  issuer: 'Corp CA',
  validTo: at + 90 * dayMs,
};
const of = (fields: Partial<Handshake>) => ({ known: { ...good, ...fields } });

it.each([
  [
    'valid and trusted',
    [['here', of({})]],
    'pass',
    'certificate of vault.corp.example, by Corp CA, valid to 2027-02-22T02:00Z, TLSv1.3',
  ],
  ['no end told', [['here', of({ validTo: null })]], 'pass', 'Corp CA'],
  ['expired', [['here', of({ problem: 'expired' })]], 'fail', 'has expired'],
  ['not valid yet', [['here', of({ problem: 'not-yet-valid' })]], 'fail', 'is not valid yet'],
  [
    'wrong name',
    [['here', of({ problem: 'wrong-name', detail: 'it is for other.example' })]],
    'fail',
    "is for another name (from Vaultcheck's host): it is for other.example.",
  ],
  ['untrusted chain', [['here', of({ problem: 'untrusted' })]], 'fail', 'is not trusted'],
  ['below TLS 1.2', [['here', of({ problem: 'old-protocol' })]], 'fail', 'below TLS 1.2'],
  ['a broken handshake', [['here', of({ problem: 'no-handshake' })]], 'fail', 'broke off'],
  [
    'expires in 30 days',
    [['here', of({ validTo: at + 30 * dayMs })]],
    'warn',
    'expires at 2026-12-24T02:00Z, in 30 days',
  ],
  ['expires in 31 days', [['here', of({ validTo: at + 31 * dayMs })]], 'pass', 'valid to'],
  [
    'a site that sees another certificate',
    [
      ['here', of({})],
      ['dmz', of({ problem: 'untrusted' })],
    ],
    'fail',
    'from site dmz',
  ],
  ['no connection', [['here', gap]], 'unknown', gap.gap.detail],
] as const)('%s', (_, places, verdict, text) => {
  const seen = places.map(([place, told]) => ({ place, told }));
  const row = judged(tlsTrusted, { certificate: { host: 'vault.corp.example', encrypted: true, seen } });
  expect(row.verdict).toBe(verdict);
  expect(words(row)).toContain(text);
});

it.each([
  [
    'of another authority than elsewhere',
    'Web Gateway',
    /of “Web Gateway” .*: take vault.corp.example out of its TLS/,
  ],
  ['of the same authority', 'Corp CA', /Install a certificate/],
])('names what to mend where a site sees a certificate %s', (_, issuer, remedy) => {
  const seen = [
    { place: 'here', told: of({}) },
    { place: 'dmz', told: of({ problem: 'untrusted', issuer }) },
  ];
  const row = judged(tlsTrusted, { certificate: { host: 'vault.corp.example', encrypted: true, seen } });
  expect(row.remedy).toMatch(remedy);
});

it('skips http:', () => {
  const row = judged(tlsTrusted, { certificate: { host: 'vault.corp.example', encrypted: false, seen: [] } });
  expect(row.verdict).toBe('skipped');
});
