import { auditWords } from '../commands/audit.ts';
import { checkAllWords } from '../commands/check.ts';
import { type Command, type Suggestion, suggest } from '../commands/command.ts';
import { topicOf } from '../commands/explain.ts';
import { commandsFor, parse, permissionOf } from '../commands/table.ts';
import { integrationOf, type Known, type Target, targetsOf } from '../commands/targets.ts';
import { dayMs } from '../domain/instant.ts';
import { type Ask, destination } from './ask.ts';
import type { View } from './blocks.ts';
import { type Desk, type Permissions, permitted } from './desk.ts';
import { listIncidents } from './incident-lists.ts';
import { startAudit, startBatch, startVerify } from './jobs.ts';
import { answerView, sentence } from './render/answer.ts';
import { explainView } from './render/explain.ts';
import { helpView } from './render/help.ts';
import { menuView } from './render/menu.ts';
import { logView } from './render/notes.ts';
import { history, openIncidentCount, status } from './status.ts';

/**
 * Runs the text of a command and returns the words for the person. When it resolves, what was asked for is stored;
 * it rejects with QueueUnavailable when nothing was started.
 */
export async function runCommand(desk: Desk, ask: Ask, text: string): Promise<View> {
  const parsed = parse(text);
  const need = 'command' in parsed ? permissionOf(parsed.command) : null;
  const [rights, known] = await Promise.all([
    permitted(desk, ask, { need, what: text.trim() || 'menu' }),
    desk.known.all(),
  ]);
  if ('refused' in rights) return sentence(rights.refused);
  if ('answer' in parsed) return answerView(parsed.answer);
  return perform(parsed.command, { desk, ask, known, permissions: rights.permissions });
}

type Asked = { desk: Desk; ask: Ask; known: Known; permissions: Permissions };
type Of<K extends Command['kind']> = Extract<Command, { kind: K }>;
type Performers = { readonly [K in Command['kind']]: (command: Of<K>, asked: Asked) => View | Promise<View> };

/** A kind of command without its way does not compile. */
const performers: Performers = {
  menu,
  check,
  'check-all': checkAll,
  audit,
  incidents: (command, { desk }) => listIncidents(desk, command),
  status: (_, asked) => status(asked.desk, asked),
  history: (command, { desk, known }) => history(desk, command, known),
  explain: ({ check: id }, { desk }) => {
    const found = topicOf(id, desk.catalogue);
    return 'topic' in found ? explainView(found.topic) : answerView(found.answer);
  },
  help: ({ topic }, { desk, permissions }) => helpView(commandsFor(permissions), topic, desk.slash.name),
  log: async (_, { desk }) => logView(await desk.records.commandLog.read(25)),
};

async function perform(command: Command, asked: Asked): Promise<View> {
  const performer = performers[command.kind] as (command: Command, asked: Asked) => View | Promise<View>;
  return performer(command, asked);
}

async function menu(_: Of<'menu'>, { desk, known, permissions }: Asked): Promise<View> {
  const openIncidents = permissions.has('incidents') ? await openIncidentCount(desk) : null;
  return menuView({
    specs: commandsFor(permissions),
    checks: examplesOf(known),
    slash: desk.slash.name,
    openIncidents,
  });
}

async function check(command: Of<'check'>, { desk, ask, known }: Asked): Promise<View> {
  const found = targetsOf(command, known);
  if ('answer' in found) return answerView(found.answer);
  const to = destination(ask, command.audience);
  await Promise.all(found.targets.map((target) => startVerify(desk, ask, target, to)));
  const where = command.audience === 'channel' ? ' The report comes to this channel.' : '';
  const { text, suggestions } = found.hint ?? { text: '', suggestions: [] };
  return answerView({ text: `Checking ${listed(found.targets)}…${where} ${text}`.trim(), suggestions });
}

async function checkAll(command: Of<'check-all'>, { desk, ask, known }: Asked): Promise<View> {
  const named = integrationOf(command.integration, known, (integration) =>
    checkAllWords({ ...command, integration }),
  );
  if (named && 'answer' in named) return answerView(named.answer);
  await startBatch(desk, ask, named?.name ?? null, command.audience);
  const where = command.audience === 'channel' ? 'A message in this channel' : 'A direct message';
  const which = named ? ` of ${named.name}` : '';
  return sentence(`Checking all watched secrets${which}… ${where} shows how far it has come.`);
}

async function audit(command: Of<'audit'>, { desk, ask, known }: Asked): Promise<View> {
  const where = auditedIn(command, known);
  if ('answer' in where) return answerView(where.answer);
  const { subject } = command;
  const since = (integration: string) =>
    desk.integrations.find((one) => one.integration === integration)?.scanEveryMs ?? 7 * dayMs;
  await Promise.all(
    where.integrations.map((integration) =>
      startAudit(desk, ask, { integration, subject, sinceMs: command.sinceMs ?? since(integration) }),
    ),
  );
  const text = `Reading the audit trail of ${subject.kind} ${subject.name} in ${where.integrations.join(', ')}…`;
  return answerView({ text, suggestions: instead(command, known) });
}

/** A name that no list holds may be an account's. */
function instead({ subject, integration }: Of<'audit'>, { secrets }: Known): Suggestion[] {
  if (subject.kind === 'account' || secrets.some(({ secret }) => secret === subject.name)) return [];
  return [suggest(auditWords({ kind: 'account', name: subject.name }, integration))];
}

/** An account may be known anywhere: without a name all integrations are read. */
function auditedIn({ subject, integration }: Of<'audit'>, known: Known) {
  const named = integrationOf(integration, known, (one) => auditWords(subject, one));
  if (named && 'answer' in named) return named;
  if (named) return { integrations: [named.name] };
  if (subject.kind === 'account') return { integrations: known.integrations };
  const holders = known.secrets.filter((one) => one.secret === subject.name);
  const names = [...new Set(holders.map((one) => one.integration))];
  return { integrations: names.length > 0 ? names : known.integrations };
}

function listed(targets: readonly Target[]): string {
  return targets.map(({ secret, integration }) => `${secret} · ${integration}`).join(', ');
}

function examplesOf({ secrets }: Known): string[] {
  const names = secrets.map(({ secret }) => secret).filter((secret) => /^[\w.-]+$/.test(secret));
  return [...new Set(names)].slice(0, 3).map((secret) => `check ${secret}`);
}
