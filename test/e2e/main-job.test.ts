import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, openDemo } from '../../src/cli/demo.ts';
import { secretSwitches } from '../../src/sandbox/demo/secret-switches.ts';
import { worldSwitches } from '../../src/sandbox/demo/world-switches.ts';
import type { Message } from '../../src/sandbox/slack/shapes.ts';

/**
 * The whole chain, with nothing replaced but the vendors: a person types in Slack, Bolt hears it over a real socket, a
 * job lies in Redis, a worker asks Secret Server over HTTPS, the checks judge, and the answer is a message in Slack.
 */
let demo: Demo;
beforeAll(async () => {
  demo = await openDemo({ port: 0, host: '127.0.0.1', scenario: null, out: () => {}, err: () => {} });
});
afterAll(() => demo.close());

const ana = 'U0ANA';
const reports = () => demo.workspace.ephemerals(ana).filter(({ text }) => / · corp — /.test(text));

async function reportAfter(act: () => Promise<unknown>): Promise<Message> {
  const seen = reports().length;
  await act();
  return demo.workspace.waitFor(() => reports()[seen], 20_000);
}

const check = () => demo.workspace.command(ana, 'general', '/vault check scanadmin');

describe('the main job', () => {
  it('answers at once, and then that the scan gets the password, with its proof', async () => {
    const report = await reportAfter(async () => {
      const asked = await check();
      expect(asked.acked).toBe(true);
      expect(JSON.stringify(asked.answer)).toContain('Checking scanadmin · corp');
    });
    expect(report.text).toMatch(/^✅ scanadmin · corp — the scan gets this password/);
    expect(JSON.stringify(report.blocks)).toMatch(/✅ Reach 6 .*✅ Account 7 .*✅ Secret 9/);
  });

  it.each([
    ['web-services-off', /Cause: .*web ?services/i],
    ['account-locked', /Cause: .*locked/],
    ['account-disabled', /Cause: .*disabled/],
    ['address-blocked', /Cause: .*10\.20\.30\.40/],
    ['group-left', /Cause: .*(access|View)/],
    ['doublelock', /Cause: .*DoubleLock/],
    ['approval', /Cause: .*[Aa]pproval/],
    ['hide-password', /Cause: .*(Hide Launcher Password|launcher password)/i],
    ['comment', /Cause: .*comment/],
    ['heartbeat', /Cause: .*heartbeat/i],
    ['unshared', /Cause: .*(access|View)/],
    ['checked-out', /Cause: .*checked out/],
    ['inactive', /Cause: .*(inactive|deleted|not active)/i],
    ['two-factor', /Cause: .*two-factor/i],
  ])('names the cause when the world breaks: %s', async (id, cause) => {
    const broken = [...worldSwitches, ...secretSwitches].find((one) => one.id === id);
    broken?.flip(demo.vault.world, true);
    const report = await reportAfter(check);
    broken?.flip(demo.vault.world, false);
    expect(report.text).toMatch(
      /^🔴 scanadmin · corp — the scan (cannot get this password|gets this password, but cannot log in with it)/,
    );
    expect(report.text.replaceAll(/<!date\^[^|]*\|([^>]*)>/g, '$1')).toMatch(cause);
    expect(report.text).toMatch(/Next: ./);
  });

  it('runs again from the button of the report', async () => {
    const first = await reportAfter(check);
    const again = await reportAfter(() => demo.workspace.click(ana, first, 'report.rerun'));
    expect(again.text).toMatch(/^✅ scanadmin/);
  });

  it('sends nothing that it must not', () => {
    expect(demo.vault.traffic.forbidden).toEqual([]);
  });
});
