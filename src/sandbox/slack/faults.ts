/**
 * What can go wrong on Slack's side, on purpose.
 * - `ratelimited` HTTP 429 with Retry-After; nothing is done
 * - `server-error` HTTP 5xx; nothing is done
 * - `refused` HTTP 200 with `ok: false` and the given error; nothing is done
 * - `lost-answer` the call is done, then the connection is cut
 * - `hang` the call is never answered, until it is released or the workspace closes
 * - `slow` the call is done and answered later
 */
export type FaultKind =
  | { readonly kind: 'ratelimited'; readonly retryAfterS: number }
  | { readonly kind: 'server-error'; readonly status?: number }
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'lost-answer' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'slow'; readonly delayMs: number };

/**
 * `method` is a Web API method, `response_url`, or `*` for all; `saying`: only calls whose text holds it; `times` is how
 * many calls it meets (default: until removed).
 */
export type Fault = FaultKind & {
  readonly method: string;
  readonly saying?: string;
  readonly times?: number;
};

export interface Faults {
  /** Returns how to take it away again. */
  add(fault: Fault): () => void;
  clear(): void;
  /** The fault that this call meets; counts it. */
  take(method: string, text: string): FaultKind | undefined;
}

export function slackFaults(): Faults {
  const active: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      active.push(entry);
      return () => {
        entry.left = 0;
      };
    },
    clear: () => {
      active.length = 0;
    },
    take: (method, text) => {
      const meets = ({ fault, left }: (typeof active)[number]) =>
        left > 0 && (fault.method === '*' || fault.method === method) && text.includes(fault.saying ?? '');
      const entry = active.find(meets);
      if (entry) entry.left -= 1;
      return entry?.fault;
    },
  };
}
