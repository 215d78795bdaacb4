import { describe, expect, it } from 'vitest';
import { openLog } from '../../src/ops/log.ts';
import { openMetrics } from '../../src/ops/metrics.ts';
import { opsServer, type Readiness } from '../../src/ops/server.ts';

describe('log', () => {
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  const log = openLog({ level: 'debug', secrets: ['canary"pass word', 'abc'], stream });

  it.each([
    [
      'in a message of an error',
      () => log.error({ error: new Error('refused for canary"pass word') }, 'failed'),
    ],
    [
      'in a nested field',
      () => log.info({ call: { url: `https://x/?p=${encodeURIComponent('canary"pass word')}` } }, 'called'),
    ],
    ['under a telling name', () => log.info({ headers: { authorization: 'Bearer other' } }, 'called')],
  ])('never writes a secret %s', (_, write) => {
    lines.length = 0;
    write();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('[removed]');
    expect(lines[0]).not.toMatch(/canary|Bearer other/);
  });

  it('writes JSON with the time and the words as they are (the positive control)', () => {
    lines.length = 0;
    log.info({ runId: 'r1', note: 'abc stays: too short to hide' }, 'run finished');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      runId: 'r1',
      note: 'abc stays: too short to hide',
      msg: 'run finished',
    });
  });
});

describe('ops server', () => {
  it('tells health, readiness by the state of the moment, and metrics', async () => {
    const metrics = openMetrics();
    let redis: string | null = null;
    const readiness = async (): Promise<Readiness[]> => [{ name: 'redis', detail: redis }];
    const server = await opsServer({ host: '127.0.0.1', port: 0, metrics, readiness });
    const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${server.port}${path}`, { method });
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
    redis = 'no connection';
    const unready = await get('/readyz');
    expect([unready.status, await unready.json()]).toEqual([
      503,
      { ready: false, parts: [{ name: 'redis', detail: 'no connection' }] },
    ]);
    metrics.telemetry.runFinished({ overall: 'fail', durationMs: 1_500 });
    metrics.telemetry.slackCalled({ method: 'chat.postMessage', result: 'ratelimited', durationMs: 10 });
    metrics.gauge('vaultcheck_test', 'a value that cannot be read', () => Promise.reject(new Error('away')));
    metrics.gauges('vaultcheck_ages', 'values by integration', ['integration'], async () => [
      { labels: { integration: 'corp' }, value: 3 },
      { labels: { integration: 'lab' }, value: Number.POSITIVE_INFINITY },
    ]);
    const page = await (await get('/metrics')).text();
    expect(page).toContain('vaultcheck_ages{integration="corp"} 3');
    expect(page).toContain('vaultcheck_ages{integration="lab"} +Inf');
    expect(page).toContain('vaultcheck_run_seconds_count{overall="fail"} 1');
    expect(page).toContain('vaultcheck_slack_limited_total{method="chat.postMessage"} 1');
    expect(page).toContain('vaultcheck_test Nan');
    expect((await get('/nowhere')).status).toBe(404);
    expect((await get('/healthz', 'POST')).status).toBe(405);
    await server.close();
  });

  it('names the variable when its port is taken', async () => {
    const readiness = async () => [];
    const first = await opsServer({ host: '127.0.0.1', port: 0, metrics: openMetrics(), readiness });
    const second = opsServer({ host: '127.0.0.1', port: first.port, metrics: openMetrics(), readiness });
    await expect(second).rejects.toThrow(/VAULTCHECK_OPS_ADDRESS/);
    await first.close();
  });
});
