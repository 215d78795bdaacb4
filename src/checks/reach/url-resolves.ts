import { defineCheck } from '../../domain/check.ts';
import { eachPlace } from '../../domain/places.ts';
import { fact, fail, pass, skipped } from '../../domain/verdict.ts';

export const urlResolves = defineCheck({
  id: 'url-resolves',
  section: 'reach',
  title: "The vault's host name resolves",
  why: 'The appliance looks the host of the vault record up in its DNS before anything else; without an address no scan gets a credential.',
  remedy: 'Create or correct the DNS record of this host, in the zone that this network asks.',
  blocking: true,
  needs: ['resolution'],
  judge({ resolution: { host, literal, seen } }) {
    if (literal) return skipped(`${host} is an address, so there is no name to resolve.`);
    return eachPlace(seen, ({ addresses, failure }, from) => {
      const reason = failure ?? 'no address';
      if (failure !== null || addresses.length === 0) {
        const text = `${host} does not resolve ${from} (${reason})`;
        return fail(`${text}.`, [fact('resolution', text)]);
      }
      return pass(fact('resolution', `${host} resolves ${from} to ${addresses.join(', ')}`));
    });
  },
});
