import type { Entry } from '../domain/book.ts';
import { GapError, type GapSource } from '../domain/gap.ts';
import { type Instant, plural } from '../domain/instant.ts';
import type { RunScope } from '../ports/run-scope.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Clock } from './clock.ts';

/** One execution, as its readings see it. */
export type Run = {
  startedAt: Instant;
  clock: Clock;
  /** What the ports are lent. When its signal aborts, what has not answered becomes a `timed-out` gap. */
  scope: RunScope;
  /** Called with the systems that are still waited for, whenever that changes: parts of a sentence. */
  onWaiting?: ((systems: string[]) => void) | undefined;
  telemetry?: Telemetry | undefined;
};

type Asked<T> = { source: GapSource; what: string; readAt?(value: T): Instant | null };

/** Watches over the readings of one run: its deadline, what is waited for, how long each took. */
export type Desk = {
  /** What becomes of a reading. Rejects only for what is no GapError: a bug of ours. */
  entryOf<T>(key: string, asked: Asked<T>, read: () => Promise<T>): Promise<Entry<T>>;
};

/**
 * After the deadline, ports reject at once. This is how long their readings have to make something of what did arrive
 * before they count as silent.
 */
const graceMs = 50;

const systems: { readonly [S in GapSource]: string } = {
  'secret-server': 'Secret Server',
  qualys: 'Qualys',
  directory: 'the directory',
  probe: 'the probes',
  vaultcheck: 'the name service',
};

export function openDesk(run: Run): Desk {
  const { clock, telemetry } = run;
  const late = lateReadings(run.scope.signal);
  const waiting = waitingList(run.onWaiting);

  const settle = async <T>(asked: Asked<T>, read: () => Promise<T>): Promise<Entry<T>> => {
    let ended = () => {};
    const tooLate = new Promise<never>((_, reject) => {
      ended = late.watch(() => reject(timedOut(asked, clock.now() - run.startedAt)));
    });
    try {
      const value = await Promise.race([read(), tooLate]);
      return { value, source: asked.source, at: asked.readAt?.(value) ?? clock.now() };
    } catch (error) {
      if (error instanceof GapError) return { gap: error.gap };
      throw error;
    } finally {
      ended();
    }
  };

  return {
    async entryOf(key, asked, read) {
      const from = clock.now();
      const done = waiting.add(asked.source);
      const entry = await settle(asked, read).finally(done);
      const outcome = 'gap' in entry ? 'gap' : 'found';
      telemetry?.readingFinished({ key, outcome, durationMs: clock.now() - from });
      return entry;
    },
  };
}

function timedOut({ source, what }: Asked<never>, waitedMs: number): GapError {
  const seconds = plural(Math.max(1, Math.round(waitedMs / 1000)), 'second');
  const detail = `After ${seconds} this was still being waited for: ${what}.`;
  return new GapError({ source, cause: 'timed-out', detail });
}

/**
 * The readings that are under way. `watch` answers with what takes one off the list, and gives up those that are still
 * on it some time after `signal`. Nearly always none is: then nothing waits, and a run that has ended is let go.
 */
function lateReadings(signal: AbortSignal): { watch(giveUp: () => void): () => void } {
  const underWay = new Set<() => void>();
  let isOver = false;
  const expire = () => {
    if (underWay.size === 0) return;
    setTimeout(() => {
      isOver = true;
      for (const giveUp of underWay) giveUp();
    }, graceMs);
  };
  signal.addEventListener('abort', expire, { once: true });
  return {
    watch(giveUp) {
      underWay.add(giveUp);
      if (isOver) queueMicrotask(giveUp);
      else if (signal.aborted) expire();
      return () => underWay.delete(giveUp);
    },
  };
}

/** Counts the open readings of each system and tells when the list of systems changes. */
function waitingList(onWaiting: Run['onWaiting']) {
  const open = new Map<GapSource, number>();
  const change = (source: GapSource, by: number) => {
    const before = open.get(source) ?? 0;
    open.set(source, before + by);
    if (before > 0 !== before + by > 0) onWaiting?.(systemsIn(open));
  };
  return {
    add(source: GapSource): () => void {
      change(source, 1);
      return () => change(source, -1);
    },
  };
}

function systemsIn(open: ReadonlyMap<GapSource, number>): string[] {
  return [...open].filter(([, count]) => count > 0).map(([source]) => systems[source]);
}
