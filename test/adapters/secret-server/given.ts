import { memoryRefusals } from '../../../src/adapters/memory/refusals.ts';
import { type SecretServerOptions, secretServer } from '../../../src/adapters/secret-server/secret-server.ts';
import type { GapSource } from '../../../src/domain/gap.ts';
import { GapError } from '../../../src/domain/gap.ts';
import { type SimulatorOptions, simulateSecretServer } from '../../../src/sandbox/secret-server/simulator.ts';

/** A run without a deadline, that counts what is sent. */
export function aRun(signal: AbortSignal = new AbortController().signal) {
  const sent: GapSource[] = [];
  return { signal, sent: (source: GapSource) => void sent.push(source), requests: sent };
}

/** A simulated Secret Server and the adapter in front of it. Closed with `await using`. */
export async function aVault(
  simulated: SimulatorOptions = {},
  changed: (url: string) => Partial<SecretServerOptions> = () => ({}),
) {
  const server = await simulateSecretServer(simulated);
  const { username, domain } = server.reader;
  const options: SecretServerOptions = {
    url: server.url,
    scannerUrl: server.url,
    reader: { username, domain, password: () => server.reader.password },
    caPem: server.caPem,
    refusals: memoryRefusals(),
    requestTimeoutMs: 5000,
    now: Date.now,
    ...changed(server.url),
  };
  const open = secretServer(options);
  return {
    server,
    options,
    open,
    vault: open(aRun()),
    async [Symbol.asyncDispose]() {
      await open.close();
      await server.close();
    },
  };
}

/** The gap that the work ends in. Anything else fails the test. */
export async function gapErrorOf(work: Promise<unknown>): Promise<GapError> {
  const ended = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in ended && ended.error instanceof GapError) return ended.error;
  throw new Error(
    `expected a gap, got ${'error' in ended ? String(ended.error) : JSON.stringify(ended.value)}`,
  );
}
