/**
 * Slack takes about one message a second per channel and tolerates short bursts (docs.slack.dev, rate limits).
 * Each channel has a bucket that refills at that pace; an empty one answers how many seconds to wait.
 */
export interface Lanes {
  /** 0: go on. */
  waitS(channel: string): number;
}

export function slackLanes(clock: () => number, burst: number): Lanes {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    waitS: (channel) => {
      const at = clock();
      const bucket = buckets.get(channel) ?? { left: burst, at };
      const left = Math.min(burst, bucket.left + (at - bucket.at) / 1000);
      const full = left >= 1;
      buckets.set(channel, { left: full ? left - 1 : left, at });
      return full ? 0 : Math.max(1, Math.ceil(1 - left));
    },
  };
}
