import type { Element } from './element.ts';
import { below, text } from './fields.ts';
import { qualysGap } from './gaps.ts';
import type { Query } from './wire.ts';

/**
 * The query of the next page, where a list was cut (code 1980). The vendor gives it as a URL, whose host may be
 * anybody's: only its query is taken, and of that only what the route allows. What it asks for (`action`) stays ours.
 * The warning stands in the answer itself or in a list of warnings. Throws `malformed` when it leads nowhere.
 */
export function nextQuery(response: Element, asked: Query, parameters: readonly string[]): Query | undefined {
  const warning = below(response, (name) => name === 'WARNING').find(isOfMore);
  if (!warning) return undefined;
  const url = text(warning, 'URL');
  const told = url === null ? [] : [...new URLSearchParams(url.slice(url.indexOf('?') + 1))];
  const next = { ...asked, ...Object.fromEntries(told.filter(([key]) => parameters.includes(key))) };
  if (told.length === 0 || next.id_min === undefined || next.id_min === asked.id_min)
    throw qualysGap('malformed', 'Qualys cut a list and did not say how it goes on');
  return next;
}

/** Where neither code nor URL says that there is more, the words may. */
function isOfMore(warning: Element): boolean {
  if (text(warning, 'URL') !== null || text(warning, 'CODE') === '1980') return true;
  return /limit|truncat|next (batch|set|page)|more (record|result)/i.test(text(warning, 'TEXT') ?? '');
}
