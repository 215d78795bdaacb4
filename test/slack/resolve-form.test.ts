import { describe, expect, it } from 'vitest';
import { card, id, start, stored, told } from './card-office.ts';
import { incident, resolved } from './incidents.ts';
import { type Office, words } from './office.ts';
import { problemsOf } from './validate.ts';

describe('Resolve', () => {
  async function form(one: Office, person = 'U0BEN') {
    await one.slack.click(person, card(one), 'incident.resolve');
    return one.slack.waitFor(() =>
      one.slack.views(person).find((view) => words(view.content).includes('"cause"')),
    );
  }

  it('opens at once, is filled, and closes the incident with what was typed', async () => {
    const one = await start();
    const view = await form(one);
    expect(problemsOf(view.content)).toEqual([]);
    expect(view.content.callback_id).toBe('incident.resolve');
    expect(words(one.slack.log('views.open')[0]?.args)).toContain('Loading');
    await one.slack.submit('U0BEN', view, { cause: 'vault record updated', note: 'see <!channel>' });
    expect(stored(one)).toMatchObject({
      state: 'resolved',
      resolution: { by: 'U0BEN', cause: 'vault record updated', note: 'see <!channel>' },
    });
    expect(one.slack.views('U0BEN')).toEqual([]);
    await one.room.deliver(id);
    expect(card(one).text).toContain('🟢 RESOLVED');
    expect(words(card(one).blocks)).not.toContain('action_id');
    expect(words(one.slack.messages('alerts'))).not.toContain('<!channel>');
  });

  it('whose form was open while another resolved it tells who', async () => {
    const one = await start();
    const view = await form(one);
    one.room.put(incident({ ...resolved, version: 2 }));
    await one.slack.submit('U0BEN', view, {});
    expect(words(one.slack.views('U0BEN').at(-1)?.content)).toContain('<@U0ANA> resolved it');
  });

  it('of what is over shows who resolved it, and no form', async () => {
    const one = await start();
    one.room.put(incident({ ...resolved, version: 2 }));
    await one.slack.click('U0BEN', card(one), 'incident.resolve');
    await one.slack.waitFor(() =>
      words(one.slack.views('U0BEN')[0]?.content).includes('<@U0ANA> resolved it'),
    );
  });

  it('that Slack does not open says so, and what to do', async () => {
    const one = await start();
    one.slack.faults.add({ method: 'views.open', kind: 'refused', error: 'expired_trigger_id', times: 1 });
    await one.slack.click('U0BEN', card(one), 'incident.resolve');
    await told(one, 'U0BEN', '(expired_trigger_id), so nothing was resolved. Click Resolve again');
  });

  it('that Slack opens and does not fill says so, and what to do', async () => {
    const one = await start();
    one.slack.faults.add({ method: 'views.update', kind: 'server-error', times: 1 });
    await one.slack.click('U0BEN', card(one), 'incident.resolve');
    await told(one, 'U0BEN', 'Slack did not fill the form (http-500). Close it and click Resolve again');
    expect(stored(one)?.state).toBe('open');
  });

  it('that cannot be stored keeps the form and says why under the field', async () => {
    const one = await start();
    const view = await form(one);
    one.room.at.away = true;
    const { errors } = await one.slack.submit('U0BEN', view, { cause: 'x' });
    expect(errors.cause).toContain('nothing was changed');
  });
});
