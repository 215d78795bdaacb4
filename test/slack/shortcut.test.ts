import { afterEach, describe, expect, it } from 'vitest';
import { targetKey } from '../../src/slack/known.ts';
import { lastSeen, type Office, office, words } from './office.ts';

let open: Office | undefined;
afterEach(async () => {
  await open?.stop();
  open = undefined;
});

async function start(): Promise<Office> {
  open = await office();
  return open;
}

describe('the shortcut', () => {
  async function opened(one: Office, person = 'U0BEN') {
    const message = await one.slack.say(person, 'general', 'why does it not log in?');
    await one.slack.shortcut(person, message, 'check.secret');
    await one.slack.waitFor(() => one.slack.views(person).length === 1);
    const [view] = one.slack.views(person);
    if (!view) throw new Error('no form');
    return view;
  }

  it('opens a form with type-ahead and starts the check', async () => {
    const one = await start();
    one.store.seen.push(
      { integration: 'corp', secret: `${'long '.repeat(40)}name` },
      { integration: 'gone', secret: 'x' },
    );
    const view = await opened(one);
    const all = await one.slack.suggest('U0BEN', view, 'check.secret', '');
    expect(all.map((option) => (option['text'] as { text: string }).text.slice(0, 12))).toEqual([
      'scanadmin · ',
      'long long lo',
    ]);
    const found = await one.slack.suggest('U0BEN', view, 'check.secret', 'SCAN');
    expect(found).toHaveLength(1);
    const value = targetKey({ integration: 'corp', secret: 'scanadmin' });
    await one.slack.submit('U0BEN', view, { secret: value });
    expect(one.queue.jobs('verify')).toMatchObject([
      { secret: 'scanadmin', to: { person: 'U0BEN', channel: 'C0GENERAL', audience: 'person' } },
    ]);
    expect(words(one.slack.views('U0BEN').at(-1)?.content)).toContain('Checking scanadmin · corp');
  });

  it('keeps the form open and says under the field when nothing was started', async () => {
    const one = await start();
    const view = await opened(one);
    await one.slack.suggest('U0BEN', view, 'check.secret', '');
    one.queue.away(true);
    const value = targetKey({ integration: 'corp', secret: 'scanadmin' });
    const delivery = await one.slack.submit('U0BEN', view, { secret: value });
    expect(words(delivery)).toContain('nothing was started');
  });

  it('is refused to a guest, and names no secret to them', async () => {
    const one = await start();
    const message = await one.slack.say('U0GIL', 'general', 'hm');
    await one.slack.shortcut('U0GIL', message, 'check.secret');
    await one.slack.waitFor(() => lastSeen(one.slack, 'U0GIL').includes('Guests may not'));
    expect(one.slack.views('U0GIL')).toEqual([]);
    const view = await opened(one);
    expect(await one.slack.suggest('U0GIL', view, 'check.secret', '')).toEqual([]);
  });
});
