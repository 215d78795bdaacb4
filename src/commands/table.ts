import { nameAtMost } from '../domain/name-limit.ts';
import { nearest } from '../domain/nearest.ts';
import { auditSpec, parseAudit } from './audit.ts';
import { checkSpec, checkWords, parseCheck } from './check.ts';
import { answer, type Command, type CommandSpec, type Parsed, type Permission, suggest } from './command.ts';
import { explainSpec, parseExplain } from './explain.ts';
import { historySpec, parseHistory } from './history.ts';
import { incidentsSpec, parseIncidents } from './incidents.ts';
import { type Word, words } from './words.ts';

/** Commands of one word. */
function alone(command: Command): (words: readonly Word[]) => Parsed {
  return () => ({ command });
}

function parseHelp([topic]: readonly Word[]): Parsed {
  return { command: { kind: 'help', topic: topic?.text.toLowerCase() ?? null } };
}

const helpSpec = {
  name: 'help',
  usage: '[<command>]',
  summary: 'What you can do here, with examples.',
  examples: ['help', 'help check'],
  permission: null,
} as const satisfies CommandSpec;

const statusSpec = {
  name: 'status',
  usage: '',
  summary: 'Open incidents, the last check of each secret, and how Vaultcheck itself is.',
  examples: ['status'],
  permission: 'check',
} as const satisfies CommandSpec;

const logSpec = {
  name: 'log',
  usage: '',
  summary: 'Who ran and clicked what.',
  examples: ['log'],
  permission: 'admin',
} as const satisfies CommandSpec;

/** Every command, in the order of help: parsing, help, completion and the manifest's hint come from here. */
export const commandTable: readonly (CommandSpec & { parse(words: readonly Word[]): Parsed })[] = [
  { ...checkSpec, parse: parseCheck },
  { ...auditSpec, parse: parseAudit },
  { ...incidentsSpec, parse: parseIncidents },
  { ...statusSpec, parse: alone({ kind: 'status' }) },
  { ...historySpec, parse: parseHistory },
  { ...explainSpec, parse: parseExplain },
  { ...logSpec, parse: alone({ kind: 'log' }) },
  { ...helpSpec, parse: parseHelp },
];

/** What somebody asks for. Never throws: what cannot be read becomes an answer with what could be meant. */
export function parse(text: string): Parsed {
  const all = words(text);
  const [verb, ...rest] = all;
  if (!verb) return { command: { kind: 'menu' } };
  if (all.some((word) => word.text.length > nameAtMost))
    return answer(`No name is that long: I read up to ${nameAtMost} characters.`);
  const found = verb.quoted ? undefined : commandTable.find(({ name }) => name === verb.text.toLowerCase());
  return found ? found.parse(rest) : unknownVerb(verb, text.trim());
}

function unknownVerb(verb: Word, text: string): Parsed {
  const typed = verb.text.toLowerCase();
  const meant = nearest(
    typed,
    commandTable.map(({ name }) => name),
    2,
  );
  const corrected = verb.quoted ? [] : meant.map((name) => suggest(`${name}${text.slice(verb.text.length)}`));
  if (corrected.length > 0)
    return answer(`There is no command "${verb.text}". Did you mean this?`, corrected);
  const secret = words(text)
    .map((word) => word.text)
    .join(' ');
  return answer(`There is no command "${verb.text}". Is it a secret to check?`, [
    suggest(checkWords({ secret, integration: null, audience: 'person' })),
    suggest('help'),
  ]);
}

/** The list of the configuration that a command asks; null: none. */
export function permissionOf(command: Command): Permission | null {
  const name = command.kind === 'check-all' ? 'check' : command.kind;
  return commandTable.find((one) => one.name === name)?.permission ?? null;
}

/** The commands that somebody with these permissions may run. */
export function commandsFor(permissions: ReadonlySet<Permission>): readonly CommandSpec[] {
  return commandTable.filter(({ permission }) => permission === null || permissions.has(permission));
}

/** The manifest's `usage_hint`: what a composer shows behind the slash word. */
export function usageHint(): string {
  return `[${commandTable.map(({ name }) => name).join(' | ')}]`;
}
