import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisReports } from '../../src/adapters/redis/records/reports.ts';
import { openIntegrations } from '../../src/compose.ts';
import { meaningOf } from '../../src/domain/meaning.ts';
import { Report, type VerdictWord } from '../../src/domain/report.ts';
import {
  type SecretServerSimulator,
  simulateSecretServer,
} from '../../src/sandbox/secret-server/simulator.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import type { View } from '../../src/sandbox/slack/shapes.ts';
import { runHere } from '../cli/in-process.ts';
import { testRedis } from '../redis.ts';
import { everythingIn } from './everything-in.ts';
import {
  corpLines,
  type Running,
  reportsTo,
  runningService,
  type Surroundings,
  surroundings,
} from './place.ts';
import { type Verdicts, worlds } from './worlds.ts';

/** Fail and warn of reachable-from-appliance come from a probe, fail of secret-viewed from Qualys: shown with those. */
describe('the same answer everywhere', { timeout: 60_000 }, () => {
  const redis = testRedis();
  let around: Surroundings;
  let service: Running;
  let other: SecretServerSimulator;
  const outputs: string[] = [];
  const seen = new Set<string>();

  beforeAll(async () => {
    other = await simulateSecretServer({ certificate: 'expiring' });
    around = await surroundings((vault) => {
      const lines = corpLines(vault);
      const server = (url: string, more: object = {}) => ({
        secretServer: { ...(lines['secretServer'] as object), url, ...more },
      });
      return [
        lines,
        {
          name: 'bare',
          ...server(vault.url.replace('localhost', '127.0.0.1')),
          scanAccounts: lines['scanAccounts'],
          secrets: [corp.secret],
        },
        { ...lines, name: 'nameless', ...server('https://vault.nowhere.invalid/SecretServer') },
        { ...lines, name: 'closed', ...server('http://127.0.0.1:1/SecretServer', { tls: undefined }) },
        { ...lines, name: 'untrusted', ...server(vault.url, { tls: undefined }) },
        { ...lines, name: 'expiring', ...server(other.url, { tls: { caFile: 'other.pem' } }) },
      ];
    });
    writeFileSync(join(around.folder, 'other.pem'), other.caPem);
    service = await runningService(around, redis.target());
  });
  afterAll(async () => {
    await service?.stop();
    await around?.close();
    await other?.close();
  });

  async function fromCommandLine(where: string): Promise<Report> {
    const { REDIS_URL: _, ...env } = around.env;
    const words = ['check', corp.secret, '--integration', where, '--json', '--save-evidence', 'seen.json'];
    const ended = await runHere(words, { cwd: around.folder, env, world: { openIntegrations } });
    const plain = await runHere(['replay', 'seen.json'], { cwd: around.folder, env });
    outputs.push(ended.stdout, ended.stderr, plain.stdout, plain.stderr);
    const [report] = Report.array().parse(JSON.parse(ended.stdout));
    if (!report) throw new Error('There is no report.');
    expect(ended.code).toBe({ fail: 1, unknown: 2, warn: 0, pass: 0 }[report.overall]);
    return report;
  }

  /** Asked in Slack, judged by a worker: the stored report, and what a person reads behind Details. */
  async function fromSlack(where: string): Promise<{ report: Report; details: Verdicts; text: string }> {
    const { slack } = around;
    const before = reportsTo(slack, 'U0ANA').length;
    const { acked } = await slack.command('U0ANA', 'general', `/vault check ${corp.secret} in ${where}`);
    expect(acked).toBe(true);
    const message = await slack.waitFor(() => reportsTo(slack, 'U0ANA')[before], 30_000, 'the report');
    await slack.click('U0ANA', message, 'report.details');
    const shown = () => slack.views('U0ANA').at(-1);
    const details: Verdicts = {};
    for (let page = 0; ; page += 1) {
      const view = await slack.waitFor(() => (verdictsIn(shown(), page) ? shown() : null), 10_000, 'details');
      Object.assign(details, verdictsIn(view, page));
      if (!JSON.stringify(view.content).includes(`report.page.${page + 1}`)) break;
      await slack.click('U0ANA', view, `report.page.${page + 1}`);
    }
    const view = shown();
    if (view) await slack.closeView('U0ANA', view);
    const runId = /"run\\*":\\*"([^"\\]+)/.exec(JSON.stringify(message.blocks))?.[1] ?? '';
    const report = await redisReports(await redis.client('patient'), 1_000_000).load(runId);
    if (!report) throw new Error(`No report ${runId} is stored.`);
    return { report, details, text: message.text };
  }

  const verdictsOf = ({ checks }: Report): Verdicts =>
    Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));

  it.each(worlds)('%s', async (...[, where, change, expected]) => {
    around.mend();
    change(around.vault.world, around.vault);
    const [here, there] = await Promise.all([fromCommandLine(where), fromSlack(where)]);
    expect(verdictsOf(here)).toMatchObject(expected);
    expect(verdictsOf(there.report)).toEqual(verdictsOf(here));
    expect(there.details).toEqual(verdictsOf(here));
    expect(there.report.diagnosis?.check).toEqual(here.diagnosis?.check);
    expect(there.report.overall).toBe(here.overall);
    if (here.diagnosis?.kind === 'cause') expect(there.text).toContain(meaningOf(here));
    for (const { id, verdict } of here.checks) seen.add(`${id} ${verdict}`);
    expect(around.vault.traffic.forbidden).toEqual([]);
  });

  it('gave every verdict that sections 1 to 3 can come to', () => {
    const wanted = worlds.flatMap(([, , , expected]) => Object.entries(expected));
    expect(wanted.filter(([id, verdict]) => !seen.has(`${id} ${verdict}`))).toEqual([]);
  });

  it('tells no secret to anybody', async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${service.opsPort}/metrics`)).text();
    const told = {
      outputs: outputs.join('\n'),
      log: service.logged(),
      metrics,
      calls: JSON.stringify(around.slack.log()),
      answers: JSON.stringify(around.slack.deliveries()),
      messages: JSON.stringify(reportsTo(around.slack, 'U0ANA')),
      redis: await everythingIn(redis),
    };
    const sealed = [around.vault.world.canary, around.slack.botToken, around.slack.appToken];
    const found = () =>
      Object.entries(told).flatMap(([place, text]) =>
        sealed.filter((one) => text.includes(one)).map(() => place),
      );
    expect(found()).toEqual([]);
    for (const text of Object.values(told)) expect(text.length).toBeGreaterThan(100);
    // The search finds what is there.
    const client = await redis.client('patient');
    await client.set('control', `x ${around.vault.world.canary}`);
    told.redis = await everythingIn(redis);
    expect(found()).toEqual(['redis']);
  });
});

const wordsOf: Record<string, VerdictWord> = {
  fail: 'fail',
  unknown: 'unknown',
  warning: 'warn',
  pass: 'pass',
  skipped: 'skipped',
};

/** The checks on a page of the details; null while it is not this page yet. */
function verdictsIn(view: View | undefined, page: number): Verdicts | null {
  const text = JSON.stringify(view?.content.blocks ?? []);
  const rows = [...text.matchAll(/\*(fail|unknown|warning|pass|skipped)\* {2}.*?_([a-z0-9-]+)_/g)];
  const at = Number(/page (\d+) of/.exec(text)?.[1] ?? 1) - 1;
  if (rows.length === 0 || at !== page) return null;
  return Object.fromEntries(rows.map(([, word = '', id = '']) => [id, wordsOf[word] ?? 'unknown']));
}
