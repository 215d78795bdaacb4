import type { CommandSpec } from '../../commands/command.ts';
import { actions, header, section, type View } from '../blocks.ts';
import { say } from '../text.ts';
import { suggestionButtons } from './answer.ts';

/** What `/vault` alone answers: what this person can do, with the commonest as buttons. */
export function menuView(specs: readonly CommandSpec[], secrets: readonly string[], slash: string): View {
  const names = specs.map(({ name }) => name);
  const checks = names.includes('check') ? [...secrets.slice(0, 3), 'check all'] : [];
  const offered = [...checks, ...names.filter((name) => name === 'help' || name === 'log')];
  const lines = specs.map(({ name, summary }) => `\`${say(`${slash} ${name}`, 60)}\`  ${say(summary, 200)}`);
  return {
    text: say(
      `Vaultcheck says why a scan cannot get its password. Try ${slash} check and a secret's name.`,
      500,
    ),
    blocks: [
      header('Why can the scan not log in?'),
      section(lines),
      actions(suggestionButtons(offered.map((words) => ({ label: words, words })))),
    ],
  };
}
