import { worstOf } from './each-account.ts';
import { here } from './evidence/reach.ts';
import type { Told } from './told.ts';
import { type Judgement, unknown } from './verdict.ts';

type Seen<T> = readonly { place: string; told: Told<T> }[];

/** Where something was seen from, for a sentence. */
export function placeText(place: string): string {
  return place === here ? "from Vaultcheck's host" : `from site ${place}`;
}

/** Holds a rule against what each place saw: one place where it fails makes it fail. */
export function eachPlace<T, K extends string>(
  seen: Seen<T>,
  judge: (known: T, from: string) => Judgement<K>,
): Judgement<K> {
  return worstOf(
    seen.map(({ place, told }) =>
      'gap' in told ? unknown([told.gap]) : judge(told.known, placeText(place)),
    ),
  );
}
