import type { Turns } from '../../ports/turns.ts';
import { type Limit, limit } from '../waiting-line.ts';

type Place = { line: Limit; present: number };

/** Turns of this process: first come, first served. Enough where no other process shares the limit. */
export function memoryTurns(): Turns {
  const places = new Map<string, Place>();
  const never = new AbortController().signal;
  return {
    async hold(key, signal, work) {
      const place = places.get(key) ?? { line: limit(1), present: 0 };
      places.set(key, place);
      place.present += 1;
      try {
        return await place.line(signal, () => work(never));
      } finally {
        place.present -= 1;
        if (place.present === 0) places.delete(key);
      }
    },
  };
}
