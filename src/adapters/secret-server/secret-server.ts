import { setMaxListeners } from 'node:events';
import type { RunScope } from '../../ports/run-scope.ts';
import type { OpenVault, Vault } from '../../ports/vault.ts';
import { alerting } from './alerting.ts';
import { type Ask, askAs, type Parts } from './ask.ts';
import { configuration } from './configuration.ts';
import { askHealth, type HealthSeen } from './health.ts';
import type { SecretServerOptions } from './options.ts';
import { CurrentUser } from './schemas/users.ts';
import { secrets } from './secrets.ts';
import { openSessions } from './session.ts';
import { askSoap, soapUrl } from './soap.ts';
import { people } from './users.ts';
import { openWire } from './wire.ts';

export type { SecretServerOptions } from './options.ts';

/** `close` ends the reader's token at the server and the kept connections. */
export type SecretServer = OpenVault & { close(): Promise<void> };

/**
 * One Secret Server, read as the reader account over REST. Kept from run to run: the token, the connections, the limit
 * of requests at once. It throws GapError only, and none of them carries a password or token.
 */
export function secretServer(options: SecretServerOptions): SecretServer {
  const wire = openWire(options);
  const parts = { options, wire, sessions: openSessions(options, wire) };
  const open: OpenVault = (run) => {
    // Every request that waits listens to the one deadline of its run.
    setMaxListeners(0, run.signal);
    const ask = askAs(parts, run);
    return {
      ...reach(parts, ask, run),
      ...configuration(ask),
      ...people(ask),
      ...secrets(ask),
      ...alerting(ask),
    };
  };
  return Object.assign(open, {
    async close() {
      await parts.sessions.close();
      wire.close();
    },
  });
}

type Reach = Pick<Vault, 'health' | 'now' | 'soapDescription' | 'signIn' | 'self'>;

function reach({ options, wire, sessions }: Parts, ask: Ask, run: RunScope): Reach {
  const { url, scannerUrl } = options;
  const seenAt = (base: string): Promise<HealthSeen> =>
    ask.once(`health ${base}`, () => askHealth(wire, base === scannerUrl ? 'scanner' : 'reader', base, run));
  return {
    health: async () => (await seenAt(scannerUrl)).health,
    now: async () => (await seenAt(url)).clocks,
    soapDescription: async () => ({
      url: soapUrl(scannerUrl),
      ...(await ask.once('soap', () => askSoap(wire, 'scanner', run))),
    }),
    async signIn() {
      const login = await sessions.open(run);
      if ('session' in login) {
        const { requestedAt } = login.session;
        return { state: 'accepted', text: null, remembered: false, requestedAt };
      }
      return { state: 'refused', ...login.refused, requestedAt: null };
    },
    self: () => ask.once('self', () => ask.one('/api/v1/users/current', CurrentUser)),
  };
}
