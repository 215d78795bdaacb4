import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What the simulated vendors should hold beside the healthy world. */
export type WorldWanted = { secrets?: number; userAuditRows?: number; slack?: boolean; bothEnds?: boolean };

export type EndsFacts = {
  qualys: { url: string; username: string; password: string; caPem: string };
  directory: { url: string; baseDn: string; bindDn: string; password: string; caPem: string };
};

export type WorldFacts = {
  vault: { url: string; caPem: string; reader: { username: string; domain: string; password: string } };
  slack: { apiUrl: string; botToken: string; appToken: string; signingSecret: string } | null;
  /** With `bothEnds`: Qualys and the directory, which then answer as late as Secret Server does. */
  ends: EndsFacts | null;
};

export type WorldAsk = { delayMs: number } | { calls: true };

/** Simulated vendors in their own process. */
export type BenchWorld = WorldFacts & {
  /** From now on every answer of a vendor comes so much later. */
  delay(delayMs: number): Promise<void>;
  /** Requests to all vendors since the last question. Rejects when one of them was forbidden. */
  calls(): Promise<number>;
  close(): Promise<void>;
};

export async function benchWorld(wanted: WorldWanted = {}): Promise<BenchWorld> {
  const child = fork(join(import.meta.dirname, 'world-main.ts'), [JSON.stringify(wanted)]);
  const facts = await answer<WorldFacts>(child);
  const ask = <T>(question: WorldAsk) => {
    const answered = answer<T>(child);
    child.send(question);
    return answered;
  };
  return {
    ...facts,
    async delay(delayMs) {
      await ask({ delayMs });
    },
    async calls() {
      const { calls, forbidden } = await ask<{ calls: number; forbidden: number }>({ calls: true });
      if (forbidden > 0) throw new Error(`${forbidden} forbidden requests were sent.`);
      return calls;
    },
    async close() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

async function answer<T>(child: ChildProcess): Promise<T> {
  child.setMaxListeners(0);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The simulated vendors ended with ${code}.`);
  });
  ended.catch(() => {});
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message as T;
}
