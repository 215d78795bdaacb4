import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { unheardIntegrations } from '../../src/config/unheard.ts';
import { folderWith, minimalYaml } from './files.ts';

const access = 'access: { check: anyone, incidents: anyone }';

it.each<[string, string | undefined, string | undefined, string[]]>([
  ['a common channel', `slack: { alerts: C0ALERTS, ${access} }`, undefined, []],
  ['a channel of its own', `slack: { ${access} }`, '    alerts: C0CORP', []],
  ['neither', `slack: { ${access} }`, undefined, ['corp']],
  ['no chat at all', undefined, undefined, []],
])('%s', (_, top, rest, names) => {
  const parts = { ...(top ? { top } : {}), ...(rest ? { rest } : {}) };
  const cwd = folderWith({ 'vaultcheck.yaml': minimalYaml(parts) });
  expect(unheardIntegrations(loadConfig({ env: { READER_PASSWORD: 'x' }, cwd }))).toEqual(names);
});
