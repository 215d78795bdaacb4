import type { Network, OpenNetwork } from '../../ports/network.ts';
import { dial } from './dial.ts';
import { shakeHands } from './handshake.ts';
import { askInClear } from './plain-http.ts';
import { resolveName } from './resolve.ts';

export type LocalNetworkOptions = {
  /** Own authorities in PEM, trusted beside the usual ones. */
  caPem?: string | undefined;
  /** How long a connection may take before it counts as filtered. Default 5 s. */
  connectTimeoutMs?: number;
  now: () => number;
};

const defaultConnectTimeoutMs = 5000;

/** The network as this process sees it. Nothing is sent but handshakes and an anonymous request for a page. */
export function localNetwork(options: LocalNetworkOptions): OpenNetwork {
  const timeoutMs = options.connectTimeoutMs ?? defaultConnectTimeoutMs;
  return ({ signal, sent }): Network => ({
    resolve: (host) => resolveName(host, { signal, timeoutMs }),
    connect: async (endpoint) => {
      const { socket, dialled } = await dial(endpoint, { signal, timeoutMs });
      socket?.destroy();
      return dialled;
    },
    handshake: (endpoint) => shakeHands(endpoint, { ...options, signal, timeoutMs }),
    plainHttp: (endpoint) => askInClear(endpoint, { signal, timeoutMs, sent: () => sent('secret-server') }),
  });
}
