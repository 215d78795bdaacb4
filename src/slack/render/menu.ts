import type { CommandSpec } from '../../commands/command.ts';
import { actions, header, section, type View } from '../blocks.ts';
import { say } from '../text.ts';
import { suggestionButtons } from './answer.ts';
import { incidentsOpen } from './status.ts';

export type MenuShown = {
  specs: readonly CommandSpec[];
  /** Commands that check a known secret. */
  checks: readonly string[];
  slash: string;
  /** Null: not for this person, or not known. */
  openIncidents: number | null;
};

/** What `/vault` alone answers: what this person can do, what is open, and the commonest as buttons. */
export function menuView({ specs, checks, slash, openIncidents }: MenuShown): View {
  const names = specs.map(({ name }) => name);
  const offered = [
    ...(openIncidents ? ['incidents'] : []),
    ...(names.includes('check') ? [...checks.slice(0, 3), 'check all'] : []),
    ...names.filter((name) => name === 'status' || name === 'log' || name === 'help'),
  ];
  const open = openIncidents === null ? [] : [incidentsOpen(openIncidents)];
  const lines = specs.map(({ name, summary }) => `\`${say(`${slash} ${name}`, 60)}\`  ${say(summary, 200)}`);
  const hint = `Vaultcheck says why a scan cannot get its password. Try ${slash} check and a secret's name.`;
  return {
    text: say([...open, hint].join(' '), 500),
    blocks: [
      header('Why can the scan not log in?'),
      section([...open, ...lines]),
      actions(suggestionButtons(offered.map((words) => ({ label: words, words })))),
    ],
  };
}
