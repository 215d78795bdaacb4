import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisClient, whenReady } from '../../src/adapters/redis/connect.ts';
import { redisReports } from '../../src/adapters/redis/records/reports.ts';
import { type Demo, openDemo } from '../../src/cli/demo.ts';
import type { Report } from '../../src/domain/report.ts';
import { stories } from '../../src/sandbox/scenarios/stories.ts';
import { reportsTo } from './place.ts';

describe('the stories in the panel of the demo', { timeout: 60_000 }, () => {
  let demo: Demo;
  let stored: ReturnType<typeof redisReports>;
  let disconnect: () => void;

  beforeAll(async () => {
    demo = await openDemo({ port: 0, host: '127.0.0.1', scenario: null, out: () => {}, err: () => {} });
    const client = redisClient(demo.redis, 'patient', () => {});
    await whenReady(client, demo.redis, 5_000);
    stored = redisReports(client, 1_000_000);
    disconnect = () => client.disconnect();
  });
  afterAll(async () => {
    disconnect?.();
    await demo?.close();
  });

  async function asked(): Promise<{ report: Report; text: string }> {
    const { workspace } = demo;
    const before = reportsTo(workspace, 'U0ANA').length;
    await workspace.command('U0ANA', 'general', '/vault check scanadmin');
    const message = await workspace.waitFor(
      () => reportsTo(workspace, 'U0ANA')[before],
      30_000,
      'the report',
    );
    const runId = /"run\\*":\\*"([^"\\]+)/.exec(JSON.stringify(message.blocks))?.[1] ?? '';
    const report = await stored.load(runId);
    if (!report) throw new Error(`No report ${runId} is stored.`);
    return { report, text: JSON.stringify(message.blocks) };
  }

  async function press(name: string): Promise<void> {
    const answered = await fetch(new URL('/_sim/scenario', demo.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    expect(await answered.json()).toEqual({ ok: true });
  }

  it('are all offered', async () => {
    const panel = (await (await fetch(new URL('/_sim/panel', demo.url))).json()) as {
      scenarios: { name: string }[];
    };
    expect(panel.scenarios.map(({ name }) => name)).toEqual(stories.map(({ name }) => name));
  });

  it('begin in a world where everything is well', async () => {
    const { report } = await asked();
    const bad = report.checks.filter(({ verdict }) => !['pass', 'skipped'].includes(verdict));
    expect(bad.map(({ id, finding, gaps }) => [id, finding, gaps])).toEqual([]);
    expect(report).toMatchObject({ overall: 'pass', diagnosis: null, proof: { level: 'proved' } });
  });

  it.each(stories.map((story) => [story.name, story] as const))('%s', async (name, story) => {
    await press(name);
    const { report } = await asked();
    const { diagnosis } = report;
    expect(diagnosis && [diagnosis.kind, diagnosis.check, diagnosis.explains]).toEqual(
      story.diagnosis && [story.kind, story.diagnosis, story.consequences],
    );
  });
});
