import { join } from 'node:path';
import { fileSpool, type Spool } from '../adapters/spool/file-spool.ts';
import { type EventSink, handIn, type Taken, takenOfLine } from '../app/event-intake.ts';
import type { Closing } from './closing.ts';
import { openLooks } from './looks.ts';
import { openRecords } from './records.ts';
import type { Shared } from './shared.ts';

/** How often what lies on disk is tried again, and what was missed is looked for. */
const tickMs = 2_000;

/** By then a sender has found the listener again and has sent what it kept. */
const lookAfterMs = 10_000;

/** A flood of losses is one line in the log, with their number, so often. */
const tellLossEveryMs = 30_000;

/** What became of events since the start. */
type Counts = { handedIn: number; kept: number; lost: number };

/** Takes events over: into Redis, by way of the disk while Redis is away. */
export type HandOver = {
  /** Never rejects: what can neither be stored nor kept is counted, told, and looked for in the audit trail. */
  take(taken: Taken): Promise<void>;
  /** A count of what was missed elsewhere: when it rises, every integration is polled soon. */
  missedWhenRises(count: () => number): void;
};

/**
 * Nobody can know what was sent while no listener was there, or what the last one had in hand when it was killed. The
 * audit trail has it: so each start asks for a poll, and so does each loss, as soon as Redis can be asked.
 */
export function openHandOver(shared: Shared, closers: Closing): HandOver {
  const { config, log, redis } = shared;
  const spool = fileSpool({ folder: join(config.environment.dataFolder, 'spool') });
  const sink = sinkOf(shared);
  const counts: Counts = { handedIn: 0, kept: 0, lost: 0 };
  const tellLoss = lossTeller(shared, counts);
  let lookNeeded = true;
  let [missedElsewhere, missedBefore] = [() => 0, 0];

  const tick = async () => {
    if (redis.hasty.status !== 'ready') return;
    const missed = missedElsewhere();
    if (lookNeeded || missed > missedBefore) {
      lookNeeded = false;
      await lookSoon(shared).catch((error: unknown) => {
        lookNeeded = true;
        throw error;
      });
      missedBefore = missed;
    }
    await drain(spool, sink, log);
  };
  const stop = everySoOften(tick, (error) => log.warn({ error }, 'kept events could not be handed in yet'));
  closers.add('hand-over of events', stop);
  warnOfFolder(spool, log);
  measure(shared, counts);
  return {
    async take(taken) {
      try {
        await handIn(sink, taken);
        counts.handedIn += 1;
      } catch {
        // A disk that is full, or a folder that may not be written, loses the event as a full spool does: out loud.
        const kept = await spool.keep(JSON.stringify(taken)).catch(() => false);
        counts[kept ? 'kept' : 'lost'] += 1;
        if (kept) return;
        lookNeeded = true;
        tellLoss();
      }
    },
    missedWhenRises(count) {
      missedElsewhere = count;
    },
  };
}

/** A connection that fails at once: an event that cannot be stored goes to disk, and not into memory. */
function sinkOf({ config, redis, producers }: Shared): EventSink {
  const { journal } = openRecords(redis.hasty, config.keep);
  return {
    journal,
    observe: (observation) => producers.hasty.add({ kind: 'observe', version: 1, observation }),
  };
}

async function lookSoon({ integrations, producers, clock }: Shared): Promise<void> {
  const looks = openLooks(producers.hasty, clock);
  for (const { settings } of integrations)
    await looks.soon({ integration: settings.integration, look: 'poll', secret: null, inMs: lookAfterMs });
}

async function drain(spool: Spool, sink: EventSink, log: Shared['log']): Promise<void> {
  const events = await spool.drain(async (line) => {
    const taken = takenOfLine(line);
    if (taken) await handIn(sink, taken);
    else log.error({ events: 1 }, 'event lost: what was kept of it on disk cannot be read');
  });
  if (events > 0) log.info({ events }, 'events handed in that were kept while Redis was away');
}

/** One run at a time, the first at once. The answer ends it, when the run that is under way is over. */
function everySoOften(work: () => Promise<void>, onFailure: (error: unknown) => void): () => Promise<void> {
  let running: Promise<void> | null = null;
  const run = () => {
    running ??= work()
      .catch(onFailure)
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(run, tickMs);
  run();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

function lossTeller({ log, clock }: Shared, counts: Counts): () => void {
  let [toldAt, told] = [Number.NEGATIVE_INFINITY, 0];
  return () => {
    if (clock.now() - toldAt < tellLossEveryMs) return;
    log.error(
      { events: counts.lost - told, sinceStart: counts.lost },
      'events lost: Redis is away, and the spool is full or cannot be written; they are looked for in the audit trail once Redis is back',
    );
    [toldAt, told] = [clock.now(), counts.lost];
  };
}

/** Better known at the start than when it is needed. */
function warnOfFolder(spool: Spool, log: Shared['log']): void {
  void spool.problem().then((problem) => {
    if (problem !== null)
      log.warn(
        { problem },
        'the data folder cannot be written: events that come while Redis is away would be lost',
      );
  });
}

function measure({ metrics }: Shared, counts: Counts): void {
  const gauges: readonly [keyof Counts, string, string][] = [
    ['handedIn', 'vaultcheck_events_handed_in', 'Events stored in Redis since the start'],
    ['kept', 'vaultcheck_events_kept', 'Events kept on disk since the start, while Redis was away'],
    ['lost', 'vaultcheck_events_lost', 'Events that could be neither stored nor kept since the start'],
  ];
  for (const [count, name, help] of gauges) metrics.gauge(name, help, () => counts[count]);
}
