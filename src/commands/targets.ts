import { nearest } from '../domain/nearest.ts';
import { checkWords } from './check.ts';
import { type Answer, type Audience, answer, type Suggestion, suggest } from './command.ts';

/** One secret of one integration. */
export type Target = { integration: string; secret: string };

/** What is known without asking anybody: the configured integrations, and names from lists and earlier runs. */
export type Known = { integrations: readonly string[]; secrets: readonly Target[] };

/** What to check, with what the person should hear beside it; or an answer when it cannot be told. */
export type Targets = { targets: readonly Target[]; hint: Answer | null } | { answer: Answer };

type Asked = { secret: string; integration: string | null; audience: Audience };

/**
 * Where a secret is to be checked: in the integration that was named; else in all whose lists hold the name; else in
 * the only one there is. A name that no list holds is allowed, and is answered with the nearest that one does; where
 * no name is known at all (those of a folder that nobody has read yet) there is nothing to answer.
 */
export function targetsOf(asked: Asked, known: Known): Targets {
  const named = integrationOf(asked.integration, known, (integration) =>
    checkWords({ ...asked, integration }),
  );
  if (named && 'answer' in named) return named;
  const holders = known.secrets.filter((one) => one.secret === asked.secret);
  const among = unique(named ? holders.filter((one) => one.integration === named.name) : holders);
  if (among.length > 0) return { targets: among, hint: null };
  const [first, ...others] = named ? [named.name] : known.integrations;
  if (first === undefined) return answer('No integration is configured.');
  const near = nearby(asked, named ? first : null, known);
  if (others.length > 0) return unlisted(asked, near, known);
  const isAnyKnown = known.secrets.some((one) => one.integration === first);
  const said = isAnyKnown ? hint(asked.secret, near) : null;
  return { targets: [{ integration: first, secret: asked.secret }], hint: said };
}

/**
 * The one integration that is meant, or an answer that offers the same command in those that could be. null: none was
 * named. `again` writes the command for another integration.
 */
export function integrationOf(
  name: string | null,
  { integrations }: Pick<Known, 'integrations'>,
  again: (integration: string) => string,
): { name: string } | { answer: Answer } | null {
  if (name === null) return null;
  const found = integrations.find((one) => one.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return { name: found };
  const near = nearest(name, integrations);
  const meant = near.length > 0 ? near : integrations.slice(0, 10);
  const offered = meant.slice(0, 5).map((one) => suggest(again(one)));
  return answer(`There is no integration "${name}". Known are: ${meant.join(', ')}.`, offered);
}

function hint(secret: string, near: readonly Suggestion[]): Answer {
  const meant = near.length > 0 ? ' Did you mean one of these?' : '';
  return { text: `No list holds "${secret}": it is checked as you wrote it.${meant}`, suggestions: near };
}

function unlisted(asked: Asked, near: readonly Suggestion[], known: Known): Targets {
  const anyway = known.integrations.slice(0, 5).map((integration) => ({
    label: `Check it anyway in ${integration}`,
    words: checkWords({ ...asked, integration }),
  }));
  const meant = near.length > 0 ? 'Did you mean one of these, or where shall I look?' : 'Where shall I look?';
  return answer(`No list holds "${asked.secret}". ${meant}`, [...near, ...anyway]);
}

function nearby(asked: Asked, integration: string | null, known: Known): Suggestion[] {
  const secrets = known.secrets.filter((one) => integration === null || one.integration === integration);
  const names = nearest(
    asked.secret,
    secrets.map((one) => one.secret),
  );
  return names.map((secret) => suggest(checkWords({ ...asked, secret })));
}

function unique(targets: readonly Target[]): Target[] {
  return [...new Map(targets.map((one) => [`${one.integration}\n${one.secret}`, one])).values()];
}
