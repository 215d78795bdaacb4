import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePanel } from '../../../src/sandbox/slack/page-front.ts';
import { browserAbsent, browserReason, openBrowser } from '../../browser.ts';
import { actions, button, type Connected, overSocket, section } from './bolt-app.ts';

const blocks = (text: string) => [section(text), actions(button('card.take', 'Take it'))];

/** A press of a mouse button is a click only when it begins and ends on one element that stayed in the document. */
describe.skipIf(browserAbsent)(`the page while it is drawn again ${browserReason}`, () => {
  const flipped: boolean[] = [];
  let mended = 0;
  const panel: PagePanel = {
    list: () => [{ id: 'lock', label: 'Lock it', group: 'Directory', on: flipped.at(-1) === true }],
    flip: (_, on) => void flipped.push(on),
    mend: () => {
      mended += 1;
      flipped.length = 0;
    },
  };
  const taken: string[] = [];
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let connected: Connected;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    connected = await overSocket(
      (app) =>
        app.action('card.take', async ({ ack, body }) => {
          await ack();
          taken.push(body.user.id);
        }),
      { panel },
    );
    page = await browser.context.newPage();
    page.setDefaultTimeout(8000);
    await page.goto(`${connected.slack.url}?channel=C0ALERTS&person=U0ANA`);
    await page.getByTestId('composer').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await connected?.stop();
  });

  const post = (text: string) =>
    connected.app.client.chat.postMessage({ channel: 'C0ALERTS', text, blocks: blocks(text) });
  const message = (text: string) => page.getByTestId('message').filter({ hasText: text });

  /** Presses, lets something happen that the page shows, and lets go. */
  async function pressedDuring(target: ReturnType<Page['locator']>, happens: () => Promise<void>) {
    await target.hover();
    await page.mouse.down();
    await happens();
    await page.mouse.up();
  }

  it('counts a click on a card that is edited meanwhile, below which another one comes', async () => {
    const { ts = '' } = await post('the card, open');
    await message('the card, open').waitFor();
    await pressedDuring(message('the card, open').getByTestId('card.take'), async () => {
      const text = 'the card, seen twice';
      await connected.app.client.chat.update({ channel: 'C0ALERTS', ts, text, blocks: blocks(text) });
      await message(text).waitFor();
    });
    await connected.slack.waitFor(() => taken[0]);
    expect(taken).toEqual(['U0ANA']);
  });

  it('counts a click on a channel and on a person while messages come', async () => {
    for (const [target, text] of [
      ['channel-reports', 'while the channel is pressed'],
      ['person-U0BEN', 'while the person is pressed'],
    ] as const) {
      await page.getByTestId('channel-alerts').click();
      await pressedDuring(page.getByTestId(target), async () => {
        await post(text);
        await message(text).waitFor();
      });
    }
    await page.getByTestId('person-U0BEN').and(page.locator('[aria-pressed=true]')).waitFor();
  });

  it('counts a click on a switch while the panel is drawn again, and shows what the world says', async () => {
    await pressedDuring(page.getByTestId('world-lock'), async () => {
      const drawn = page.waitForResponse(/_sim\/panel/);
      connected.slack.panelChanged();
      await drawn;
    });
    await page.getByText('1 thing is broken').waitFor();
    expect(flipped).toEqual([true]);
    await page.getByTestId('world-mend').click();
    await page.getByText('Everything is in order').waitFor();
    expect(await page.getByTestId('world-lock').isChecked()).toBe(false);
    expect(mended).toBe(1);
  });

  it('leaves focus and what is being typed alone', async () => {
    await page.getByTestId('composer').fill('half a sen');
    await post('somebody else');
    await message('somebody else').waitFor();
    await page.keyboard.type('tence');
    expect(await page.getByTestId('composer').inputValue()).toBe('half a sentence');
  });
});
