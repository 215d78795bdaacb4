/** One figure, taken once per round beside its peer. All arrays are in the order of the rounds. */
export type Figure = {
  /** What was measured: `p99`, `wall of one check`. */
  what: string;
  unit: string;
  ours: readonly number[];
  /** The same thing done by the peer, or what our figure may be at most; empty where the aim is a bare number. */
  peer: readonly number[];
  /** What is held against the aim: ours / peer, ours - peer, or ours alone. */
  compare: 'ratio' | 'difference' | 'value';
  aim: Aim | null;
};

export type Aim = { atMost: number } | { atLeast: number };

/** `skipped`: why the measure could not be taken here. */
export type Outcome = { figures: readonly Figure[] } | { skipped: string };

/** What the command line may say beside the rounds. */
export type Sizes = { accounts?: number };

export type Measure = {
  /** As typed after `npm run bench --`. */
  name: string;
  title: string;
  /** What the figure stands beside. */
  peer: string;
  /** How often, unless the command line says otherwise. */
  rounds: number;
  take(rounds: number, sizes: Sizes): Promise<Outcome>;
};

/** Does it so many times, one after the other. */
export async function inRounds<T>(rounds: number, take: (round: number) => Promise<T>): Promise<T[]> {
  const taken: T[] = [];
  for (let round = 0; round < rounds; round += 1) taken.push(await take(round));
  return taken;
}
