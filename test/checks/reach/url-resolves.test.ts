import { expect, it } from 'vitest';
import { urlResolves } from '../../../src/checks/reach/url-resolves.ts';
import { gap, judged, words } from '../../given.ts';

const found = { known: { addresses: ['10.1.1.1'], failure: null } };
const missing = { known: { addresses: [], failure: 'ENOTFOUND' } };
const empty = { known: { addresses: [], failure: null } };

it.each([
  ['an address', [['here', found]], 'pass', "resolves from Vaultcheck's host to 10.1.1.1"],
  ['NXDOMAIN', [['here', missing]], 'fail', 'ENOTFOUND'],
  ['no address', [['here', empty]], 'fail', 'no address'],
  [
    'a site that fails is named',
    [
      ['here', found],
      ['dmz', missing],
    ],
    'fail',
    'from site dmz',
  ],
  [
    'a site that could not be asked',
    [
      ['here', found],
      ['dmz', gap],
    ],
    'unknown',
    gap.gap.detail,
  ],
  [
    'a failure here stays one beside a silent site',
    [
      ['here', missing],
      ['dmz', gap],
    ],
    'fail',
    'ENOTFOUND',
  ],
] as const)('%s', (_, places, verdict, text) => {
  const seen = places.map(([place, told]) => ({ place, told: structuredClone(told) as never }));
  const row = judged(urlResolves, { resolution: { host: 'vault.corp.example', literal: false, seen } });
  expect(row.verdict).toBe(verdict);
  expect(words(row)).toContain(text);
});

it('skips a literal address', () => {
  const row = judged(urlResolves, { resolution: { host: '10.1.1.1', literal: true, seen: [] } });
  expect(row).toMatchObject({
    verdict: 'skipped',
    because: '10.1.1.1 is an address, so there is no name to resolve.',
  });
});

it('does not know without the evidence', () => {
  expect(judged(urlResolves, { resolution: gap })).toMatchObject({ verdict: 'unknown', gaps: [gap.gap] });
});
