import type { App } from '@slack/bolt';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PagePanel, WorldSwitch } from '../../../src/sandbox/slack/page-front.ts';
import { browserAbsent, browserReason, openBrowser } from '../../browser.ts';
import { actions, button, type Connected, overSocket, section } from './bolt-app.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const hostile = '<img src=x onerror="document.title=\'owned\'"> <!channel>';

const modal = {
  type: 'modal' as const,
  callback_id: 'incident.resolve',
  title: plain('Resolve'),
  submit: plain('Save'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'note',
      label: plain('Note'),
      element: { type: 'plain_text_input' as const, action_id: 'value' },
    },
    {
      type: 'input' as const,
      block_id: 'secret',
      optional: true,
      label: plain('Secret'),
      element: { type: 'external_select' as const, action_id: 'secret.name', min_query_length: 0 },
    },
  ],
};

function listen(app: App): void {
  app.command('/vault', async ({ ack, command }) => {
    const report = `:red_circle: *${command.text}* at <!date^1764000000^{time}|02:00>`;
    const blocks = [
      section(report),
      actions(
        button('report.details', 'Details'),
        button('report.share', 'Share'),
        button('report.check', 'Check'),
      ),
    ];
    await ack({ text: `Report on ${command.text}`, blocks });
  });
  app.action('report.details', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: modal });
  });
  app.action('report.share', async ({ ack, client }) => {
    await ack();
    await client.chat.postMessage({ channel: 'alerts', text: hostile.replaceAll('<', '&lt;') });
  });
  app.options('secret.name', async ({ ack }) =>
    ack({ options: [{ text: plain('scanadmin'), value: '42' }] }),
  );
  app.view('incident.resolve', async ({ ack, view, client, body }) => {
    const note = view.state.values.note?.value?.value ?? '';
    if (note.length < 4) return ack({ response_action: 'errors', errors: { note: 'Say a little more' } });
    await ack();
    const secret = view.state.values.secret?.['secret.name']?.selected_option?.value;
    await client.chat.postMessage({
      channel: 'alerts',
      text: `Resolved by <@${body.user.id}>: ${note} (${secret})`,
    });
  });
  app.action('report.check', async ({ ack, body, client }) => {
    await ack();
    const view = { ...modal, callback_id: 'secret.check' };
    await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view });
  });
  app.view('secret.check', async ({ ack }) =>
    ack({
      response_action: 'update',
      view: { type: 'modal', title: plain('Resolve'), close: plain('Done'), blocks: [section('Checking…')] },
    }),
  );
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [section('*All is well*')] },
    });
  });
}

/** Of two colours as a browser gives them, `rgb(15, 118, 110)`. Source: w3.org/TR/WCAG22, contrast ratio. */
function contrast(colours: readonly string[]): number {
  const [light = 0, dark = 0] = colours.map(luminance).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.skipIf(browserAbsent)(`the page ${browserReason}`, () => {
  const switches = new Map<string, boolean>([['lock', false]]);
  const panel: PagePanel = {
    list: () =>
      [...switches].map(
        ([id, on]): WorldSwitch => ({ id, on, label: 'Account is locked', group: 'Directory' }),
      ),
    flip: (id, on) => void switches.set(id, on),
  };
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let connected: Connected;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    connected = await overSocket(listen, {
      panel,
      commands: [
        { command: '/vault', description: 'Why a scan cannot get its password', usageHint: 'check <secret>' },
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await connected?.stop();
  });
  afterEach(() => page?.close());

  const open = async (query: string) => {
    page = await browser.context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(`${connected.slack.url}?${query}`);
    return page;
  };
  const message = (text: string) => page.getByTestId('message').filter({ hasText: text });
  const check = async (secret: string) => {
    await page.getByTestId('composer').fill(`/vault ${secret}`);
    await page.getByTestId('composer').press('Enter');
    await message(secret).last().waitFor();
  };

  it('completes a command, and shows the answer to its person alone, in their time zone', async () => {
    await open('channel=C0GENERAL&person=U0ANA');
    const composer = page.getByTestId('composer');
    await composer.pressSequentially('/va');
    await page.getByRole('option', { name: '/vault' }).waitFor();
    await composer.press('Tab');
    expect(await composer.inputValue()).toBe('/vault ');
    await composer.pressSequentially('scanadmin');
    await composer.press('Enter');
    const report = message('scanadmin');
    await report.waitFor();
    expect(await report.innerText()).toContain('Only visible to you');
    expect(await report.innerText()).toContain('🔴');
    expect(await report.locator('time').last().innerText()).toBe('17:00');
    expect(await report.getByTestId('fallback').isVisible()).toBe(false);
    await page.getByTitle('Show what a notification').click();
    expect(await report.getByTestId('fallback').innerText()).toContain('Report on scanadmin');

    await page.getByTestId('person-U0BEN').click();
    await page.getByTestId('person-U0BEN').and(page.locator('[aria-pressed=true]')).waitFor();
    await message('scanadmin').waitFor({ state: 'detached' });
  });

  it('shows a modal that became another with the buttons of the other', async () => {
    await open('channel=C0GENERAL&person=U0ANA');
    await check('becoming');
    await message('becoming').getByTestId('report.check').click();
    const dialog = page.getByTestId('modal');
    await dialog.getByLabel('Note').fill('soon');
    await dialog.getByTestId('modal-submit').click();
    await dialog.getByText('Checking…').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).waitFor();
    expect(await dialog.getByTestId('modal-submit').count()).toBe(0);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  });

  it.each(['light', 'dark'])('keeps what stands on the main button readable (%s)', async (theme) => {
    await open(`channel=C0GENERAL&person=U0ANA&theme=${theme}`);
    await check(`readable-${theme}`);
    await message(`readable-${theme}`).getByTestId('report.details').last().click();
    const submit = page.getByTestId('modal').getByTestId('modal-submit');
    await submit.waitFor();
    const style = "getComputedStyle(document.querySelector('[data-testid=modal-submit]'))";
    const colours = await page.evaluate<string[]>(`[${style}.color, ${style}.backgroundColor]`);
    expect(contrast(colours)).toBeGreaterThan(4.5);
    await page.keyboard.press('Escape');
    await submit.waitFor({ state: 'detached' });
  });

  it('opens a modal by a button, shows its errors, suggests, and hands it in', async () => {
    await open('channel=C0GENERAL&person=U0ANA');
    await check('resolving');
    await message('resolving').getByTestId('report.details').click();
    const dialog = page.getByTestId('modal');
    const submit = dialog.getByTestId('modal-submit');
    await submit.click();
    await dialog.getByText('Please complete this required field.').waitFor();
    const note = dialog.getByLabel('Note');
    await note.fill('no');
    await submit.click();
    await dialog.getByText('Say a little more').waitFor();
    expect(await note.inputValue()).toBe('no');
    await dialog.getByRole('combobox').fill('scan');
    await dialog.getByRole('option', { name: 'scanadmin' }).click();
    await note.fill('unlocked it');
    await submit.click();
    await dialog.waitFor({ state: 'detached' });
    await connected.slack.waitFor(() =>
      connected.slack.messages('alerts').find((one) => one.text === 'Resolved by <@U0ANA>: unlocked it (42)'),
    );
    await page
      .getByTestId('channel-alerts')
      .filter({ has: page.locator('.badge') })
      .click();
    await message('Resolved by @Ana Kovač: unlocked it').waitFor();
  });

  it('closes a modal by Escape', async () => {
    await open('channel=C0GENERAL&person=U0ANA');
    await check('escaping');
    await message('escaping').getByTestId('report.details').click();
    await page.getByTestId('modal').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('modal').waitFor({ state: 'detached' });
    expect(connected.slack.views('U0ANA')).toEqual([]);
  });

  it('shows foreign text as text', async () => {
    await open('channel=C0GENERAL&person=U0ANA');
    await check('hostile');
    await message('hostile').getByTestId('report.share').click();
    await page.getByTestId('channel-alerts').click();
    await message('onerror').waitFor();
    expect(await message('onerror').locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).not.toBe('owned');
  });

  it('has threads, in which slash commands are refused', async () => {
    await open('channel=C0REPORTS&person=U0BEN');
    await page.getByTestId('composer').fill('who is on call?');
    await page.getByTestId('composer-send').click();
    await message('who is on call?').hover();
    await message('who is on call?').getByTestId('reply').click();
    const reply = page.getByTestId('thread-composer');
    await reply.fill('/vault check');
    await reply.press('Enter');
    await page.getByText('cannot be used in threads').waitFor();
    await reply.fill('Ana is');
    await reply.press('Enter');
    await page.getByTestId('thread').getByText('Ana is').waitFor();
    await page.getByTestId('replies').getByText('1 reply').waitFor();
  });

  it('shows the home tab and the world', async () => {
    await open('channel=D0ANA&person=U0ANA');
    await page.getByTestId('tab-home').click();
    await page.getByTestId('home').getByText('All is well').waitFor();
    await page.getByTestId('world-lock').check();
    await page.getByText('1 thing is broken').waitFor();
    expect(switches.get('lock')).toBe(true);
  });

  it('tells that the app did not answer', async () => {
    connected.slack.requestUrl(`${connected.slack.url}nobody`);
    await open('channel=C0GENERAL&person=U0BEN');
    await page.getByTestId('composer').fill('/vault silence');
    await page.getByTestId('composer').press('Enter');
    await page.getByText('/vault failed with the error "operation_timeout"').waitFor();
    connected.slack.requestUrl(undefined);
  });
});
