import type { Log } from '../ops/log.ts';
import type { Service } from './service.ts';

/** A process that is told to stop has this long; then it ends, and others take over what it leaves. */
const stopDeadlineMs = 20_000;

/** One Ctrl-C reaches a process twice: from the terminal, and from a parent that hands it on. */
const sameTellingMs = 1_000;

const signals = ['SIGTERM', 'SIGINT'] as const;

/**
 * Resolves when the process is told to stop, or with `dead` as the service gave itself up. A second signal ends the
 * process at once: whoever presses Ctrl-C twice means it.
 */
export function toldToStop(dead: Promise<string>): Promise<{ by: string; dead: boolean }> {
  return new Promise((resolve) => {
    let toldAt: number | null = null;
    for (const signal of signals) {
      process.on(signal, () => {
        if (toldAt !== null && performance.now() - toldAt > sameTellingMs) process.exit(130);
        toldAt ??= performance.now();
        resolve({ by: signal, dead: false });
      });
    }
    dead.then((reason) => resolve({ by: reason, dead: true }));
  });
}

/** Stops the service, for as long as there is time. */
export async function stopInTime(service: Pick<Service, 'stop'>, log: Log): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), stopDeadlineMs);
  });
  const ended = await Promise.race([service.stop(), late]);
  clearTimeout(timer);
  if (ended === 'late')
    log.warn({ stopDeadlineMs }, 'stopped without finishing: others take over what is left');
}
