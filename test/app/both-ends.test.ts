import { describe, expect, it } from 'vitest';
import { simulateQualys } from '../../src/sandbox/qualys/simulator.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { bothEnds } from './both-ends.ts';

describe('both ends of the chain', () => {
  it('are all pass and skipped in the healthy world, and proved', async () => {
    await using ends = await bothEnds();
    const [verified] = await ends.verify();
    const bad = verified?.report.checks.filter((one) => !['pass', 'skipped'].includes(one.verdict));
    expect(bad?.map((one) => [one.id, one.verdict, one.finding, one.gaps])).toEqual([]);
    expect(
      verified?.report.checks.filter((one) => one.section === 'qualys').map((one) => one.verdict),
    ).toEqual(Array(5).fill('pass'));
    expect(verified?.report).toMatchObject({ overall: 'pass', diagnosis: null, proof: { level: 'proved' } });
  });

  it('are asked once for several secrets: Qualys eight times, each API one at a time, for lists and views only', async () => {
    await using ends = await bothEnds();
    const [verified] = await ends.verify([corp.secret, 'unix-scan', 'network-scan']);
    expect(verified?.report.calls.qualys).toBe(8);
    for (const api of ['vault', 'auth', 'appliance', 'scan', 'asset'])
      expect([api, ends.scanner.maxOpenRequests(api)]).toEqual([api, 1]);
    expect(ends.scanner.forbidden).toEqual([]);
  });

  it('let no password of either side into reports and evidence', async () => {
    await using ends = await bothEnds();
    const said = JSON.stringify(await ends.verify());
    for (const canary of [ends.scanner.world.canary, ends.vault.world.canary])
      expect(said).not.toContain(canary);
    const control = await simulateQualys();
    expect(JSON.stringify(control.world)).toContain(control.world.canary);
    await control.close();
  });

  it.each([
    ['hangs', { kind: 'hang' }, 'timed-out'],
    ['cuts the connection', { kind: 'refuse' }, 'unreachable'],
    ['refuses the login', { kind: 'code', code: 2000 }, 'denied'],
    ['is used up', { kind: 'code', code: 1965, waitSeconds: 900 }, 'throttled'],
    ['is busy', { kind: 'code', code: 1960 }, 'throttled'],
    ['fails', { kind: 'status', status: 500 }, 'failing'],
    ['answers with a page', { kind: 'html' }, 'malformed'],
  ] as const)('leave the rest standing when Qualys %s', async (_, failure, cause) => {
    await using ends = await bothEnds();
    ends.scanner.switches.set('all', failure);
    const [verified] = await ends.verify([corp.secret], { deadlineMs: 2500 });
    const qualys = verified?.report.checks.filter((one) => one.section === 'qualys') ?? [];
    expect(qualys.map((one) => one.verdict)).toEqual(Array(5).fill('unknown'));
    expect(qualys.map((one) => one.gaps[0]).map((gap) => [gap?.source, gap?.cause])).toEqual(
      Array(5).fill(['qualys', cause]),
    );
    const others = verified?.report.checks.filter((one) => one.section === 'secret') ?? [];
    expect(others.map((one) => one.verdict)).not.toContain('unknown');
    expect(verified?.report.proof.level).toBe('partial');
  });
});
