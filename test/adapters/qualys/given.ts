import { memoryRefusals } from '../../../src/adapters/memory/refusals.ts';
import { memoryTurns } from '../../../src/adapters/memory/turns.ts';
import { type QualysOptions, qualys } from '../../../src/adapters/qualys/qualys.ts';
import {
  type QualysSimulator,
  type SimulatorOptions,
  simulateQualys,
} from '../../../src/sandbox/qualys/simulator.ts';

export function optionsFor(server: QualysSimulator, changed: Partial<QualysOptions> = {}): QualysOptions {
  const { username, password } = server.world.account;
  return {
    url: server.url,
    username,
    password: () => password,
    caPem: server.caPem,
    turns: memoryTurns(),
    refusals: memoryRefusals(),
    pauses: { busyMs: [1, 1], failingMs: [1, 1] },
    requestTimeoutMs: 5000,
    now: Date.now,
    ...changed,
  };
}

/** A simulated Qualys with the adapter in front of it. Closed with `await using`. */
export async function aQualys(changed: Partial<QualysOptions> = {}, world: SimulatorOptions = {}) {
  const server = await simulateQualys(world);
  const scanner = qualys(optionsFor(server, changed));
  const sent: string[] = [];
  const run = { signal: new AbortController().signal, sent: (source: string) => void sent.push(source) };
  return {
    server,
    open: scanner,
    sent,
    ask: () => scanner(run),
    async [Symbol.asyncDispose]() {
      scanner.close();
      await server.close();
    },
  };
}
