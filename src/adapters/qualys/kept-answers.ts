import type { Dated } from '../../ports/scanner.ts';

/** Answers in our words, kept for a while. What is older is forgotten, so that nothing grows. */
export type KeptAnswers = {
  find<T>(key: string): Dated<T> | undefined;
  keep(key: string, answer: Dated<unknown>): void;
};

export function keptAnswers({ keepMs, now }: { keepMs: number; now: () => number }): KeptAnswers {
  const kept = new Map<string, Dated<unknown>>();
  const isFresh = (answer: Dated<unknown>) => now() - answer.readAt < keepMs;
  return {
    find<T>(key: string) {
      const answer = kept.get(key);
      return answer && isFresh(answer) ? (answer as Dated<T>) : undefined;
    },
    keep(key, answer) {
      for (const [other, old] of kept) if (!isFresh(old)) kept.delete(other);
      if (isFresh(answer)) kept.set(key, answer);
    },
  };
}
