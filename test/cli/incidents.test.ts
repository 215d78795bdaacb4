import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PublicIncident } from '../../src/domain/public-incident.ts';
import type { IncidentFilter } from '../../src/ports/incidents.ts';
import { UnreachableError } from '../../src/roles/unreachable.ts';
import { acknowledged, explained, incident } from '../slack/incidents.ts';
import { runHere } from './in-process.ts';

let cwd = '';
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'incidents-'));
  const integration = `{ name: corp, secretServer: { url: "https://vault.example/SS", reader: { username: reader, password: { env: P } } }, scanAccounts: [{ username: scan }], secrets: [scanadmin] }`;
  await writeFile(join(cwd, 'vaultcheck.yaml'), `version: 1\nintegrations:\n  - ${integration}\n`);
});
afterEach(() => rm(cwd, { recursive: true }));

async function run(...words: string[]) {
  return runWith(0, words);
}

async function runWith(unread: number, words: readonly string[]) {
  const asked: IncidentFilter[] = [];
  const closed: string[] = [];
  const found = [incident({ ...explained, ...acknowledged })];
  const list = async (filter: IncidentFilter) => (asked.push(filter) > 0 ? found : []);
  const openIncidents = async () => ({
    incidents: { list, unread: async () => ({ incidents: unread, effects: 0 }) },
    close: async () => void closed.push('closed'),
  });
  const ended = await runHere(['incidents', ...words], { cwd, env: { P: 'x' }, world: { openIncidents } });
  return { ...ended, asked, closed };
}

it('prints the public form as JSON', async () => {
  const { code, stdout, closed } = await run('--json');
  const [one] = JSON.parse(stdout) as unknown[];
  expect(PublicIncident.parse(one)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'U0ANA' });
  expect([code, closed]).toEqual([0, ['closed']]);
});

it('prints for people what it is, who has it, and why', async () => {
  const { stdout } = await run();
  expect(stdout).toMatch(/ACKNOWLEDGED {2}account-locked · CORP\\svc-qualys · corp/);
  expect(stdout).toContain('U0ANA has it');
  expect(stdout).toContain('probably: Qualys still sends the old password');
});

it.each([
  [[], ['open', 'acknowledged', 'snoozed']],
  [['--state', 'resolved'], ['resolved']],
  [
    ['--state', 'all'],
    ['open', 'acknowledged', 'snoozed', 'resolved'],
  ],
])('%j asks for %j', async (words, states) => {
  expect((await run(...words)).asked).toMatchObject([{ states }]);
});

it('says on stderr what it cannot show', async () => {
  const { code, stdout, stderr } = await runWith(2, ['--json']);
  expect([code, JSON.parse(stdout).length]).toEqual([0, 1]);
  expect(stderr).toContain('2 more open incidents are not shown: stored by another version');
});

it('ends with 64 for a state that there is not, and 75 where Redis is away', async () => {
  expect((await run('--state', 'closed')).code).toBe(64);
  const openIncidents = async () => {
    throw new UnreachableError('Redis cannot be reached.');
  };
  const away = await runHere(['incidents'], { cwd, env: { P: 'x' }, world: { openIncidents } });
  expect(away).toMatchObject({ code: 75, stdout: '' });
});
