/** One thing that must hold, and what was seen. */
export type Finding = { what: string; aim: string; seen: string; met: boolean };

export type ChaosOptions = {
  lockouts: number;
  kills: number;
  /** How long something is away. Null: as long as the scenario says. */
  seconds: number | null;
  seed: number;
  /** Whether the bot may read the channel's history, and so finds again what it posted. */
  history: boolean;
  /** A folder for all that the processes write, to look into a run afterwards; null: nowhere. */
  logs: string | null;
  tell(line: string): void;
};

export type Scenario = {
  name: string;
  title: string;
  run(options: ChaosOptions): Promise<Finding[]>;
};

export const exactly = (what: string, aim: number, seen: number): Finding => ({
  what,
  aim: String(aim),
  seen: String(seen),
  met: seen === aim,
});

export const atMost = (what: string, aim: number, seen: number): Finding => ({
  what,
  aim: `≤ ${aim}`,
  seen: String(seen),
  met: seen <= aim,
});

/** The same numbers for the same seed, so that a run can be repeated (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
