import { defineCheck } from '../../domain/check.ts';
import { worstOf } from '../../domain/each-account.ts';
import type { SecretMatches, SecretSummary } from '../../domain/evidence/secret.ts';
import type { Gap } from '../../domain/gap.ts';
import { gapsOf } from '../../domain/told.ts';
import { fact, fail, type Judgement, pass, unknown, warn } from '../../domain/verdict.ts';

type Match = SecretMatches['matches'][number];
type Answer = Judgement<'secretMatches'>;

const rename =
  'Rename or deactivate the other one in Secret Server, so that one active secret has this name.';

export const secretFound = defineCheck({
  id: 'secret-found',
  section: 'secret',
  title: 'Exactly one active secret has this name',
  why: 'Qualys binds by name and nothing else: with no such secret it gets nothing, with two it is undefined which one.',
  remedy:
    'Correct the secret name in the Qualys authentication record, or restore the secret in Secret Server.',
  blocking: true,
  needs: ['secretMatches'],
  judge({ secretMatches: { matches, folderSeen } }, { secret, settings }) {
    const exact = matches.filter(({ summary }) => summary.name === secret);
    const active = exact.filter(({ summary }) => summary.active);
    const [first, ...more] = active.filter(({ listed }) => 'known' in listed && listed.known);
    const [gap] = gapsOf(active.map((one) => one.listed));
    if (first && more.length > 0) return several(secret, [first, ...more]);
    if (gap) return unknown([gap], active.map(seen));
    if (first) return worstOf([pass(seen(first)), ...namesakes(secret, first, matches)]);
    if (active.length > 0) return unlisted(secret, active);
    if (exact.length > 0) return inactive(secret, exact);
    return none({ secret, folder: settings.folder, others: matches }, folderSeen);
  },
});

function several(secret: string, all: readonly Match[]): Answer {
  const text = `${all.length} active secrets are called “${secret}”: ${list(all)}. Which of them the appliance gets is undefined.`;
  return fail(text, all.map(seen), rename);
}

function unlisted(secret: string, all: readonly Match[]): Answer {
  const share = 'Give the scan accounts (or their group) View on this secret or its folder (Sharing tab).';
  return fail(`No scan account can see “${secret}”: ${list(all)}.`, all.map(seen), share);
}

function inactive(secret: string, all: readonly Match[]): Answer {
  return fail(`“${secret}” exists only as an inactive secret: ${list(all)}.`, all.map(seen));
}

/** It works with these beside it, but the next share or a sloppy record makes it a coin toss. */
function namesakes(secret: string, only: Match, matches: readonly Match[]): Answer[] {
  const others = matches.filter((one) => one !== only && one.summary.active);
  return others.map((one) => {
    const { name } = one.summary;
    const text =
      name === secret
        ? `Another active secret has the same name, which no scan account sees: ${place(one.summary)}.`
        : `Another active secret differs in case only: “${name}”, ${place(one.summary)}.`;
    return warn(text, [seen(one)], rename);
  });
}

type Asked = { secret: string; folder: string | null; others: readonly Match[] };

function none({ secret, folder, others }: Asked, folderSeen: SecretMatches['folderSeen']): Answer {
  const near =
    others.length > 0
      ? ` Names compare exactly; there is ${others.map((one) => `“${one.summary.name}”`).join(', ')}.`
      : '';
  const facts = others.map(seen);
  if (folderSeen && 'gap' in folderSeen) return unknown([absent(secret), folderSeen.gap], facts);
  if (!folderSeen?.known) return unknown([absent(secret)], facts);
  const text = `No secret is called “${secret}”, although the reader can see ${folder ?? 'the folder'}.${near}`;
  return fail(text, [
    ...facts,
    fact('secretMatches', `A search for “${secret}” finds no secret of that name`),
  ]);
}

function absent(secret: string): Gap {
  const detail = `No secret is called “${secret}”: renamed, deleted, or not shared with the reader.`;
  return { source: 'secret-server', cause: 'absent', detail };
}

function seen({ summary }: Match) {
  const state = summary.active ? 'active' : 'inactive';
  return fact('secretMatches', `“${summary.name}”, ${place(summary)}, is ${state}`);
}

function list(all: readonly Match[]): string {
  return all.map((one) => place(one.summary)).join('; ');
}

/** Versions before mid 2023 name the folder by its id alone. */
function place({ id, folderPath, folderId }: SecretSummary): string {
  return `id ${id} in ${folderPath ?? (folderId === null ? 'no folder' : `folder ${folderId}`)}`;
}
