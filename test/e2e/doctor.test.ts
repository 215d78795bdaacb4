import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type SecretServerSimulator,
  simulateSecretServer,
} from '../../src/sandbox/secret-server/simulator.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { slackWorkspace } from '../../src/sandbox/slack/workspace.ts';
import { folderWith } from '../config/files.ts';
import { vaultcheck } from './command-line.ts';

let vault: SecretServerSimulator;

beforeAll(async () => {
  vault = await simulateSecretServer();
});
afterAll(() => vault.close());

async function doctor(words: string[], env: Record<string, string> = {}, site = '') {
  const yaml = `version: 1
integrations:
  - name: corp
    secretServer:
      url: ${vault.url}
      reader: { username: ${vault.reader.username}, domain: ${vault.reader.domain}, password: { env: READER_PASSWORD } }
      tls: { caFile: ca.pem }
    scanAccounts: [{ username: svc-qualys, domain: ${corp.domain} }]
    folder: '${corp.folder}'
    secrets: [${corp.secret}]
    appliances: [{ name: appliance-01, addresses: [${corp.applianceAddress}]${site} }]
`;
  const cwd = folderWith({ 'vaultcheck.yaml': yaml, 'ca.pem': vault.caPem });
  const { password } = vault.reader;
  const ended = await vaultcheck(['doctor', ...words], { cwd, env: { READER_PASSWORD: password, ...env } });
  expect(ended.stdout + ended.stderr).not.toContain(password);
  return ended;
}

/** A Redis that answers everything with one refusal, while `run` runs. */
async function refusing<T>(answer: string, run: (url: string) => Promise<T>): Promise<T> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on('error', () => {}));
    socket.on('data', () => socket.write(`-${answer}\r\n`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  try {
    return await run(`redis://user:hidden@127.0.0.1:${port}`);
  } finally {
    for (const socket of open) socket.destroy();
    server.close();
  }
}

describe('vaultcheck doctor', { timeout: 60_000 }, () => {
  it('finds nothing wrong where nothing is', async () => {
    const ended = await doctor([]);
    expect(ended.stdout).toContain('The reader logs in to Secret Server.');
    expect(ended.stdout).not.toMatch(/✗|\?/);
    expect(ended.code).toBe(0);
    expect(vault.traffic.forbidden).toEqual([]);
  });

  it('tells of a Redis that is away and of sites that cannot be asked then, as JSON', async () => {
    const ended = await doctor(['--json'], { REDIS_URL: 'redis://user:hidden@127.0.0.1:1' }, ', site: dmz');
    expect(ended.code).toBe(75);
    expect(ended.stdout).not.toContain('hidden');
    const failed = (
      JSON.parse(ended.stdout) as { area: string; verdict: string; remedy: string | null }[]
    ).filter(({ verdict }) => verdict === 'fail');
    expect(failed.map(({ area }) => area)).toEqual(['redis', 'sites']);
    expect(failed.every(({ remedy }) => remedy !== null)).toBe(true);
  });

  it.each([
    ['WRONGPASS invalid username-password pair', /does not accept this user name and password/],
    ['NOAUTH Authentication required.', /wants a password/],
  ])('tells a Redis that refuses (%s) from one that is away', async (answer, said) => {
    const ended = await refusing(answer, (url) => doctor(['--json'], { REDIS_URL: url }));
    const findings = JSON.parse(ended.stdout) as { area: string; verdict: string }[];
    expect(findings.filter(({ area }) => area === 'redis')).toEqual([
      {
        area: 'redis',
        integration: null,
        verdict: 'fail',
        text: expect.stringMatching(said),
        remedy: expect.stringContaining('Put the right user and password into REDIS_URL'),
      },
    ]);
    expect(ended.code).toBe(1);
    expect(ended.stdout + ended.stderr).not.toContain('hidden');
  });

  it('ends with 75 where Slack is away, with its whole report', async () => {
    const env = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: 'http://127.0.0.1:1/',
    };
    const ended = await doctor([], env);
    expect(ended.code).toBe(75);
    expect(ended.stdout).toContain('Slack does not answer.');
    expect(ended.stdout).toContain('The reader logs in to Secret Server.');
  });

  it('ends with 1 where Slack answers, and refuses the app token', async () => {
    const slack = await slackWorkspace();
    const { botToken: SLACK_BOT_TOKEN, apiUrl: SLACK_API_URL } = slack;
    const named = { SLACK_BOT_TOKEN, SLACK_API_URL };
    const well = await doctor([], { ...named, SLACK_APP_TOKEN: slack.appToken });
    expect(well).toMatchObject({ code: 0, stdout: expect.stringContaining('accepts the app token') });
    const refused = await doctor([], { ...named, SLACK_APP_TOKEN: 'xapp-wrong' });
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('No socket to Slack') });
    await slack.close();
  });

  it('ends with 78 where the configuration is wrong', async () => {
    const ended = await doctor(['--json'], { SLACK_BOT_TOKEN: 'xapp-wrong-kind' });
    expect(ended).toMatchObject({ code: 78, stdout: '' });
    expect(ended.stderr).toContain('SLACK_BOT_TOKEN');
  });
});
