import type { Refusals } from '../../ports/refusals.ts';

/** Refusals of this process, for a command line without Redis. Gone with it. */
export function memoryRefusals(): Refusals {
  const kept = new Map<string, { text: string; at: number }>();
  return {
    recall: async (key) => kept.get(key) ?? null,
    remember: async (key, text, at) => {
      kept.set(key, { text, at });
    },
  };
}
