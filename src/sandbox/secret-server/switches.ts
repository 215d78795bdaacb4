/** How an address misbehaves. `names` limits a change of fields to those; all of them otherwise. */
export type Failure =
  | { kind: 'hang' }
  | { kind: 'refuse' }
  | { kind: 'slow'; delayMs: number }
  | { kind: 'status'; status: number; retryAfterSeconds?: number; body?: unknown }
  | { kind: 'html'; status?: number }
  | { kind: 'half-body' }
  | { kind: 'redirect'; to: string }
  | { kind: 'wrong-types'; names?: string[] }
  | { kind: 'missing-fields'; names?: string[] }
  | { kind: 'null-fields'; names?: string[] };

type Switch<F> = { pattern: RegExp; failure: F; left: number };

export type Switches<F = Failure> = {
  /**
   * From now on, what matches (a path below the base such as `/api/v1/users`, as whole text or expression; `all` for
   * everything) misbehaves, so many times or for ever. The latest wins. Returns how to turn it off.
   */
  set(where: string | RegExp, failure: F, times?: number): () => void;
  clear(): void;
  /** Counts down. Used by the server for each request. */
  take(path: string): F | undefined;
};

export function failureSwitches<F = Failure>(): Switches<F> {
  let switches: Switch<F>[] = [];
  return {
    set(where, failure, times = Number.POSITIVE_INFINITY) {
      const one = { pattern: patternOf(where), failure, left: times };
      switches = [one, ...switches];
      return () => {
        switches = switches.filter((other) => other !== one);
      };
    },
    clear() {
      switches = [];
    },
    take(path) {
      const one = switches.find(({ pattern, left }) => left > 0 && pattern.test(path));
      if (one) one.left -= 1;
      return one?.failure;
    },
  };
}

function patternOf(where: string | RegExp): RegExp {
  if (where instanceof RegExp) return where;
  if (where === 'all') return /./;
  return new RegExp(
    `^${where.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{\w+\}/g, '[^/]+')}$`,
    'i',
  );
}
