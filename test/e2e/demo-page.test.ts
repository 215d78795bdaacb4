import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, openDemo } from '../../src/cli/demo.ts';
import { browserAbsent, browserReason, openBrowser } from '../browser.ts';

describe.skipIf(browserAbsent)(`the demo in a browser ${browserReason}`, () => {
  let demo: Demo;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    demo = await openDemo({ port: 0, host: '127.0.0.1', scenario: null, out: () => {}, err: () => {} });
    browser = await openBrowser();
    page = await browser.context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (line) => void (line.type() === 'error' && problems.push(line.text())));
    await page.goto(demo.url);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.close();
  });

  const shown = (text: RegExp | string) =>
    page.getByTestId('message').filter({ hasText: text }).last().waitFor({ timeout: 15_000 });

  it('shows the whole main job: ask, report, details, break the world, run again, the cause', async () => {
    await page.getByTestId('composer').fill('/vault check scanadmin');
    await page.getByTestId('composer-send').click();
    await shown('scanadmin · corp — the scan gets this password');

    await page.getByTestId('report.details').last().click();
    const modal = page.getByTestId('modal');
    await modal.getByText('DoubleLock is off', { exact: false }).first().waitFor();
    expect(await modal.getByText('secret-doublelock').count()).toBe(1);
    await page.getByTestId('modal-close').click();

    await page.getByTestId('world-doublelock').click();
    await page.getByTestId('report.rerun').last().click();
    await shown(/the scan cannot get this password/);
    await shown(/DoubleLock \(QuantumLock\) is on for “scanadmin” \(id 42\) \(set .* by jane\)/);

    await page.getByTestId('report.audit').last().click();
    await shown(/Audit trail of secret scanadmin/);
    await page.getByTestId('world-doublelock').click();
  });

  it('shares a report with the channel for the other person to see', async () => {
    await page.getByTestId('report.share').last().click();
    await page.getByTestId('person-U0BEN').click();
    const privately = page.getByTestId('message').filter({ hasText: 'Only visible to you' });
    await expect.poll(() => privately.count()).toBe(0);
    await shown(/scanadmin · corp/);
    await page.getByTestId('person-U0ANA').click();
    await expect.poll(() => privately.count()).toBeGreaterThan(0);
  });

  it('answers a typo with a button that runs what was meant', async () => {
    await page.getByTestId('composer').fill('/vault chekc unix-scan');
    await page.getByTestId('composer-send').click();
    await page.getByRole('button', { name: 'check unix-scan' }).last().click();
    await shown(/unix-scan · corp — the scan gets this password/);
  });

  it('shows a lockout as a card that somebody takes, and closes it when the world recovers', {
    timeout: 240_000,
  }, async () => {
    await page.getByTestId('channel-alerts').click();
    await page.getByTestId('world-stale-record').click();
    await shown(/LOCKED OUT · CORP\\svc-qualys/);
    await shown(/Probably.*(old password|vault record)/);
    await shown(/Breaks/);
    const card = page.getByTestId('message').filter({ hasText: /LOCKED OUT · CORP/ });
    await card.getByTestId('incident.acknowledge').click();
    await shown(/LOCKED OUT.*somebody has it/);
    await page.getByTestId('person-U0BEN').click();
    await shown(/LOCKED OUT.*somebody has it/);
    expect(await card.getByTestId('incident.acknowledge').count()).toBe(0);
    await card.getByTestId('replies').click();
    const thread = page.getByTestId('thread').getByTestId('message');
    await thread
      .filter({ hasText: /Locked out/ })
      .last()
      .waitFor();
    await page.getByTestId('world-stale-record').click();
    await page
      .getByTestId('message')
      .filter({ hasText: /RESOLVED.*svc-qualys/ })
      .last()
      .waitFor({ timeout: 180_000 });
  });

  it('had nothing to complain about', () => {
    expect(problems).toEqual([]);
  });
});
