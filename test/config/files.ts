import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A fresh folder with these files in it, gone after the test. */
export function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'vaultcheck-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The smallest useful file. Each part can be replaced by other lines, given with their own indentation. */
export function minimalYaml(
  parts: { top?: string; server?: string; reader?: string; rest?: string } = {},
): string {
  return [
    'version: 1',
    parts.top ?? '',
    'integrations:',
    '  - name: corp',
    '    secretServer:',
    parts.server ?? '      url: https://vault.corp.example/SecretServer',
    parts.reader ?? '      reader: { username: svc-vaultcheck, password: { env: READER_PASSWORD } }',
    '    scanAccounts: [{ username: svc-qualys, domain: CORP }]',
    parts.rest ?? '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}
