import type { SyslogListener } from '../listeners/syslog/listener.ts';
import type { Closing } from './closing.ts';
import type { Shared } from './shared.ts';

const lookEveryMs = 10_000;

type Log = Pick<Shared['log'], 'warn'>;

/**
 * Says of each sender, once for each reason, that lines of it could not be read. What they say stays out of the log: a
 * line that nobody understands may hold anything.
 */
export function unreadTeller({ quarantine }: Pick<SyslogListener, 'quarantine'>, log: Log): () => void {
  const told = new Set<string>();
  return () => {
    for (const { reason, from } of quarantine()) {
      const same = `${reason} ${from}`;
      if (told.has(same)) continue;
      told.add(same);
      log.warn({ reason, from }, 'lines of a sender cannot be read');
    }
  };
}

/** For as long as the process listens. */
export function tellUnread(listener: SyslogListener, { log }: Pick<Shared, 'log'>, closers: Closing): void {
  const timer = setInterval(unreadTeller(listener, log), lookEveryMs);
  closers.add('unread lines', () => clearInterval(timer));
}
