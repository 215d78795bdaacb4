import type { Figure } from './measure.ts';
import { type Spread, spread } from './stats.ts';

/** A figure held against its aim. `met` null: there is none. The median decides. */
export type Judged = {
  what: string;
  unit: string;
  compare: Figure['compare'];
  compared: Spread;
  ours: Spread;
  peer: Spread | null;
  aim: Figure['aim'];
  met: boolean | null;
};

export function judged({ what, unit, ours, peer, compare, aim }: Figure): Judged {
  const compared = spread(ours.map((one, round) => held(compare, one, peer[round])));
  return {
    what,
    unit,
    compare,
    compared,
    ours: spread(ours),
    peer: peer.length > 0 ? spread(peer) : null,
    aim,
    met: aim && isMet(aim, compared.median),
  };
}

function held(compare: Figure['compare'], ours: number, peer: number | undefined): number {
  if (compare === 'value' || peer === undefined) return ours;
  return compare === 'ratio' ? ours / peer : ours - peer;
}

function isMet(aim: NonNullable<Figure['aim']>, median: number): boolean {
  return 'atMost' in aim ? median <= aim.atMost : median >= aim.atLeast;
}
