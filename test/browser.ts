import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

const executablePath = process.env.VAULTCHECK_CHROMIUM || '/usr/bin/chromium';

/** Whether there is no browser for tests; they then skip and say why. */
export const browserAbsent = !existsSync(executablePath);
export const browserReason = browserAbsent
  ? `(skipped: there is no ${executablePath}; VAULTCHECK_CHROMIUM names another)`
  : '';

/** Nothing goes out to the network but to the page under test. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** A headless browser with a fresh profile, and what closes it and takes the profile away. */
export async function openBrowser(): Promise<{ context: BrowserContext; close(): Promise<void> }> {
  const profile = mkdtempSync(join(tmpdir(), 'vc-browser-'));
  const viewport = { width: 1380, height: 860 };
  const context = await chromium.launchPersistentContext(profile, { executablePath, args, viewport });
  return {
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
