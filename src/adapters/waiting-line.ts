/** A number of places. Who comes when all are taken waits in line, or leaves it when `signal` aborts. */
export type Limit = <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;

/** At most `places` pieces of work at once, first come first served. Throws the signal's reason to who gave up waiting. */
export function limit(places: number): Limit {
  let free = places;
  const line: (() => void)[] = [];
  const enter = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      signal.throwIfAborted();
      const admit = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        line.splice(line.indexOf(admit), 1);
        reject(signal.reason);
      };
      if (free > 0) {
        free -= 1;
        resolve();
        return;
      }
      signal.addEventListener('abort', leave, { once: true });
      line.push(admit);
    });
  const exit = () => {
    const next = line.shift();
    if (next) next();
    else free += 1;
  };
  return async (signal, work) => {
    await enter(signal);
    try {
      return await work();
    } finally {
      exit();
    }
  };
}
