/**
 * Keys of one site. They share nothing with the other keys of Vaultcheck, so that a Redis user can be held to
 * `{vaultcheck-site:NAME}:*`; the hash tag keeps a site's keys on one node of a Cluster. A site's name has letters,
 * digits, `-` and `_` only (config/values.ts), so that none is a pattern.
 */
function siteKey(site: string, ...parts: readonly string[]): string {
  return [`{vaultcheck-site:${site}}`, ...parts].join(':');
}

/** Questions that wait, oldest first. */
export const asksKey = (site: string) => siteKey(site, 'asks');
/** Signs of life: one field per probe. */
export const signsKey = (site: string) => siteKey(site, 'signs');
export const answerKey = (site: string, id: string) => siteKey(site, 'answer', id);
/** While a probe is at a question it says so there, again and again. */
export const takenKey = (site: string, id: string) => siteKey(site, 'taken', id);
