import type { Turns } from '../../ports/turns.ts';

/** Turns of this process: first come, first served. Enough where no other process shares the limit. */
export function memoryTurns(): Turns {
  const lines = new Map<string, (() => void)[]>();
  const enter = (key: string, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      signal.throwIfAborted();
      const line = lines.get(key);
      if (!line) {
        lines.set(key, []);
        resolve();
        return;
      }
      const admit = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        line.splice(line.indexOf(admit), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      line.push(admit);
    });
  const exit = (key: string) => {
    const next = lines.get(key)?.shift();
    if (next) next();
    else lines.delete(key);
  };
  const never = new AbortController().signal;
  return {
    async hold(key, signal, work) {
      await enter(key, signal);
      try {
        return await work(never);
      } finally {
        exit(key);
      }
    },
  };
}
