import { defineCheck } from '../../domain/check.ts';
import type { ConnectionState } from '../../domain/evidence/reach.ts';
import { eachPlace } from '../../domain/places.ts';
import { fact, fail, pass } from '../../domain/verdict.ts';

const refusals: Record<Exclude<ConnectionState, 'open'>, string> = {
  refused: 'is refused',
  'no-route': 'finds no route',
  filtered: 'is filtered (nothing came back in time)',
  unresolved: 'cannot be tried, since the name has no address',
};

export const portOpen = defineCheck({
  id: 'port-open',
  section: 'reach',
  title: "The vault's port accepts connections",
  why: 'Where a firewall drops the connection, or nothing listens, the appliance never gets to ask for the credential.',
  remedy:
    'Open this port from this network to Secret Server in the firewall, and see that its web server listens there.',
  blocking: true,
  needs: ['connection'],
  judge({ connection: { host, port, seen } }) {
    return eachPlace(seen, ({ state, detail }, from) => {
      if (state === 'open') return pass(fact('connection', `${host}:${port} accepts connections ${from}`));
      const text = `A connection ${from} to ${host}:${port} ${refusals[state]}`;
      return fail(`${text}.`, [fact('connection', detail ? `${text}: ${detail}` : text)]);
    });
  },
});
