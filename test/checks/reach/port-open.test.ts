import { expect, it } from 'vitest';
import { portOpen } from '../../../src/checks/reach/port-open.ts';
import type { ConnectionState } from '../../../src/domain/evidence/reach.ts';
import { gap, judged, words } from '../../given.ts';

const state = (word: ConnectionState) => ({ known: { state: word, detail: 'ECODE' } });

it.each([
  ['open', [['here', state('open')]], 'pass', 'vault.corp.example:443 accepts connections'],
  ['refused', [['here', state('refused')]], 'fail', 'is refused'],
  ['no route', [['here', state('no-route')]], 'fail', 'finds no route'],
  ['timed out', [['here', state('filtered')]], 'fail', 'is filtered'],
  ['nothing to try', [['here', state('unresolved')]], 'fail', 'the name has no address'],
  [
    'a site that fails is named',
    [
      ['here', state('open')],
      ['dmz', state('filtered')],
    ],
    'fail',
    'from site dmz',
  ],
  [
    'a site that could not be asked',
    [
      ['here', state('open')],
      ['dmz', gap],
    ],
    'unknown',
    gap.gap.detail,
  ],
  [
    'a failure stays one beside a gap',
    [
      ['here', gap],
      ['dmz', state('refused')],
    ],
    'fail',
    'from site dmz',
  ],
] as const)('%s', (_, places, verdict, text) => {
  const seen = places.map(([place, told]) => ({ place, told }));
  const row = judged(portOpen, { connection: { host: 'vault.corp.example', port: 443, seen } });
  expect(row.verdict).toBe(verdict);
  expect(words(row)).toContain(text);
});
