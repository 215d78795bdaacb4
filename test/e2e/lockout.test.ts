import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, openDemo } from '../../src/cli/demo.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { lockOut } from '../../src/sandbox/secret-server/world/logins.ts';
import type { Message } from '../../src/sandbox/slack/shapes.ts';

/** From an event on the wire to a card in the channel, and two people at its buttons. */
let demo: Demo;
beforeAll(async () => {
  demo = await openDemo({ port: 0, host: '127.0.0.1', scenario: null, out: () => {}, err: () => {} });
});
afterAll(() => demo.close());

/** Cards alone: the summary of the first look may stand in the channel too. */
const cards = (): Message[] =>
  demo.workspace.messages('alerts').filter(({ text }) => /LOCKED OUT|RESOLVED/.test(text));
const theCard = (): Message => {
  const [card] = cards();
  if (!card) throw new Error('There is no card.');
  return card;
};
const blocksSay = (words: RegExp) => () => (words.test(JSON.stringify(theCard().blocks)) ? true : undefined);

describe('a lockout', () => {
  it('becomes one card in the alerts channel, which says what to do and what it breaks', async () => {
    lockOut(demo.vault.world, corp.scanAccount, corp.applianceAddress);
    await demo.workspace.waitFor(() => cards().find(({ text }) => /LOCKED OUT/.test(text)), 15_000);
    await demo.workspace.waitFor(blocksSay(/\*Breaks\*/), 20_000);
    expect(theCard().text).toMatch(/svc-qualys/);
    expect(JSON.stringify(theCard().blocks)).toMatch(/appliance-01 \(10\.20\.30\.40\)/);
    expect(cards()).toHaveLength(1);
  });

  it('is owned by the first of two who click at once; the other is told who', async () => {
    const people = ['U0ANA', 'U0BEN'];
    await Promise.all(
      people.map((person) => demo.workspace.click(person, theCard(), 'incident.acknowledge')),
    );
    const told = await demo.workspace.waitFor(() => {
      const answers = people.flatMap((person) => demo.workspace.ephemerals(person, 'alerts'));
      return answers.length >= people.length ? answers.map(({ text }) => text) : undefined;
    }, 20_000);
    await demo.workspace.waitFor(blocksSay(/<@U0(ANA|BEN)> has it/), 20_000);
    expect(told.filter((text) => /You have it now/.test(text))).toHaveLength(1);
    expect(told.filter((text) => /<@U0(ANA|BEN)> has it since/.test(text))).toHaveLength(1);
    expect(JSON.stringify(theCard().blocks)).not.toContain('incident.acknowledge');
  });

  it('keeps its story in the thread', async () => {
    const story = () => demo.workspace.replies(theCard()).map(({ text }) => text);
    await demo.workspace.waitFor(() => (/Locked out/.test(story().join('\n')) ? true : undefined), 20_000);
    expect(story().filter((text) => /Locked out/.test(text))).toHaveLength(1);
  });

  it('says once, with their number, what a poll finds of the failures before it', {
    timeout: 60_000,
  }, async () => {
    const story = () => demo.workspace.replies(theCard()).map(({ text }) => text.split('\n'));
    const failures = () =>
      story()
        .flat()
        .filter((line) => /Failed login/.test(line))
        .reduce((sum, line) => sum + Number(/· (\d+) times/.exec(line)?.[1] ?? 1), 0);
    await demo.workspace.waitFor(blocksSay(/5 failed logins/), 40_000);
    // Which of the five came before the card did is chance: two at most.
    await demo.workspace.waitFor(() => (failures() >= 3 ? true : undefined), 20_000);
    for (const lines of story()) expect(new Set(lines).size).toBe(lines.length);
  });
});
