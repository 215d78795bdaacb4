import type { Known, Target } from '../commands/targets.ts';
import { digest } from './digest.ts';
import type { SlackAppOptions } from './options.ts';

/** The names for "did you mean" and type-ahead. */
export type KnownNames = {
  /** Configured names and those last seen. Never asks a vendor, and never rejects. */
  all(): Promise<Known>;
  /** Those that hold the typed part, at most `limit`. */
  matching(typed: string, limit: number): Promise<Target[]>;
  /** The target behind an option's key; null when it is not known (any more). */
  byKey(key: string): Promise<Target | null>;
};

/** Stands for a target where its names are too long. */
export function targetKey({ integration, secret }: Target): string {
  return digest(integration, secret);
}

const freshMs = 30_000;
const waitAtMostMs = 300;

/** Reads the records at most twice a minute, and shows what it has when they do not answer. */
export function knownNames({
  integrations,
  records,
  clock,
}: Pick<SlackAppOptions, 'integrations' | 'records' | 'clock'>): KnownNames {
  const configured = integrations.flatMap(({ integration, secrets }) =>
    secrets === 'folder' ? [] : secrets.map((secret) => ({ integration, secret })),
  );
  const names = integrations.map(({ integration }) => integration);
  let seen: readonly Target[] = [];
  let readAt = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    const list = await Promise.race([records.known.list(), after(waitAtMostMs)]).catch(() => null);
    if (list === null) return;
    readAt = clock();
    seen = list.filter((one) => names.includes(one.integration));
  }

  async function all(): Promise<Known> {
    if (clock() - readAt > freshMs) await refresh();
    const both = [...configured, ...seen].map((one) => [targetKey(one), one] as const);
    return { integrations: names, secrets: [...new Map(both).values()] };
  }

  return {
    all,
    async matching(typed, limit) {
      const part = typed.toLowerCase();
      const { secrets } = await all();
      return secrets.filter(({ secret }) => secret.toLowerCase().includes(part)).slice(0, limit);
    },
    async byKey(key) {
      const { secrets } = await all();
      return secrets.find((one) => targetKey(one) === key) ?? null;
    },
  };
}

function after(ms: number): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), ms).unref();
  });
}
