import type { AuditSubject } from '../domain/audit.ts';
import { answer, type CommandSpec, type Parsed, suggest } from './command.ts';
import { parseDuration } from './duration.ts';
import { isKeyword, quoted, type Word } from './words.ts';

export const auditSpec = {
  name: 'audit',
  usage: '<secret> | account <name> [in <integration>] [7d]',
  summary: 'Who logged in, from where, and who viewed the secret.',
  examples: ['audit scanadmin', 'audit account svc-qualys 7d'],
  permission: 'check',
} as const satisfies CommandSpec;

const keywords = ['account', 'secret', 'in'];

/** The text that asks for this audit. */
export function auditWords(subject: AuditSubject, integration: string | null): string {
  const kind = subject.kind === 'account' ? 'account ' : '';
  const where = integration === null ? '' : ` in ${quoted(integration)}`;
  return `audit ${kind}${quoted(subject.name, keywords)}${where}`;
}

export function parseAudit(words: readonly Word[]): Parsed {
  const [first, second] = words;
  const kind = isKeyword(first, 'account') ? 'account' : 'secret';
  const named = kind === 'account' || (isKeyword(first, 'secret') && second !== undefined);
  const name = named ? second : first;
  if (!name) return answer('Whose audit trail? Name a secret, or `account` and a name.');
  return withRest({ kind, name: name.text }, words.slice(named ? 2 : 1));
}

function withRest(subject: AuditSubject, rest: readonly Word[]): Parsed {
  const at = rest.findIndex((word, index) => isKeyword(word, 'in') && rest[index + 1] !== undefined);
  const integration = at < 0 ? null : (rest[at + 1]?.text ?? null);
  const others = at < 0 ? rest : rest.filter((_, index) => index !== at && index !== at + 1);
  const [since, ...loose] = others;
  const sinceMs = since && !since.quoted ? parseDuration(since.text) : null;
  if (loose.length === 0 && (since === undefined || sinceMs !== null)) {
    return { command: { kind: 'audit', subject, integration, sinceMs } };
  }
  const name = [subject.name, ...others.map(({ text }) => text)].join(' ');
  const meant = [auditWords(subject, integration), auditWords({ ...subject, name }, integration)];
  return answer(
    'A length of time is written `12h` or `7d`, and a name with blanks in quotes.',
    meant.map(suggest),
  );
}
