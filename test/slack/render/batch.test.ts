import { expect, it } from 'vitest';
import { batchView } from '../../../src/slack/render/batch.ts';
import { at, batch } from '../fixtures.ts';

const row = { integration: 'corp', secret: 'fine', runId: 'r1', overall: 'pass', text: null } as const;
const none = { ...batch, finishedAt: at, total: 0, rows: [] };

it.each([
  ['nothing watched is no good news', none, /❔ No secret was checked/],
  [
    'an integration that could not be listed',
    { ...none, problems: ['corp: no folder.'] },
    /❔ .*1 integration could not/,
  ],
  ['good results beside a problem', { ...none, total: 1, rows: [row], problems: ['lab: no folder.'] }, /❔ /],
  ['results that are missing', { ...none, total: 2, rows: [row] }, /the rest did not finish/],
  ['all looked at and well', { ...none, total: 1, rows: [row] }, /✅ Checked 1 secret: all can be read/],
])('%s', (_, given, title) => {
  expect(batchView(given).text).toMatch(title);
});
