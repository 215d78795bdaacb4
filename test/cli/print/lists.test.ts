import { join } from 'node:path';
import { expect, it } from 'vitest';
import { printAudit } from '../../../src/cli/print/audit.ts';
import { printCatalogue } from '../../../src/cli/print/catalogue.ts';
import { printProblems } from '../../../src/cli/print/problems.ts';
import { hanging, wrapped } from '../../../src/cli/print/text.ts';
import type { Style } from '../../../src/cli/terminal.ts';
import { ConfigError } from '../../../src/config/problems.ts';
import type { AuditAnswer } from '../../../src/domain/audit.ts';

const golden = (name: string) => join(import.meta.dirname, `../../golden/cli/${name}.golden.txt`);

const style: Style = { colour: false, width: 80, timeZone: 'Europe/Berlin' };

it('prints an audit as a table, what could not be read first', async () => {
  const answer: AuditAnswer = {
    auditId: 'a-1',
    integration: 'corp',
    subject: { kind: 'secret', name: 'scanadmin' },
    since: '2026-11-17T02:00:00.000Z',
    gaps: ['Secret Server, denied: The reader may not read the audit of CORP\\svc-qualys.'],
    lines: [
      {
        at: '2026-11-24T01:14:00.000Z',
        action: 'PASSWORD DISPLAYED',
        who: 'CORP\\svc-qualys',
        from: '10.20.30.40',
        secret: 'scanadmin',
        notes: '',
        source: 'secret-audit',
      },
      {
        at: '2026-11-23T01:14:00.000Z',
        action: 'LOGIN',
        who: 'CORP\\svc-qualys',
        from: null,
        secret: null,
        notes: 'hostile \u001b[31mnote',
        source: 'user-audit',
      },
    ],
  };
  const printed = printAudit(answer, style);
  await expect(printed).toMatchFileSnapshot(golden('audit'));
  expect(printed).not.toContain('\u001b');
});

it('prints the catalogue by section', async () => {
  const row = { title: 'It is so', why: 'Because a scan needs it.', remedy: 'Admin › Users: mend it.' };
  const printed = printCatalogue(
    [
      { id: 'one', section: 'reach', ...row },
      { id: 'two', section: 'reach', ...row },
      { id: 'three', section: 'account', ...row },
    ],
    style,
  );
  await expect(printed).toMatchFileSnapshot(golden('checks'));
});

it('prints problems with file and line, and variables by name', () => {
  const error = new ConfigError('vaultcheck.yaml', [
    { where: 'integrations[0].name', line: 4, text: 'is missing' },
    { where: 'REDIS_URL', line: null, text: 'is not set' },
  ]);
  expect(printProblems(error)).toBe(
    'The configuration has 2 problems:\n  vaultcheck.yaml:4  integrations[0].name: is missing\n  REDIS_URL: is not set\n',
  );
});

it('leaves a word that is longer than the line whole, so that it can be copied', () => {
  const url = 'https://vault.corp.example/SecretServer/a/very/long/path';
  expect(wrapped(`see ${url} now`, 20)).toEqual(['see', url, 'now']);
});

it('counts a wide character as two cells', () => {
  expect(hanging('→ ', '日本 日本 日本 日本 日本', 22).split('\n')).toHaveLength(2);
});
