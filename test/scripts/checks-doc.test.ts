import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checksDocument, checksDocumentPath } from '../../scripts/checks-doc.ts';
import { checks } from '../../src/checks/index.ts';

it('docs/checks.md is what the catalogue says: run npm run docs:checks', () => {
  expect(readFileSync(checksDocumentPath, 'utf8')).toBe(checksDocument());
});

it('tells of every check once', () => {
  const headings = checksDocument().match(/^### .+$/gm);
  expect(headings).toEqual(checks.map((one) => `### ${one.id}`));
});
