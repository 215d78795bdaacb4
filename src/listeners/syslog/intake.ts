import type { Instant } from '../../domain/instant.ts';
import type { VaultEvent } from '../../domain/vault-event.ts';
import type { Frame } from './frame.ts';
import { type LineContext, parseLine } from './parse-line.ts';
import { lineQuarantine, type QuarantinedLine, type QuarantineReason } from './quarantine.ts';

/** How an event came. `address` is the peer's: a node, an engine or a relay. */
export type EventMeta = {
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly address: string;
  readonly receivedAt: Instant;
};

/** Takes an event over. A promise holds senders back when too many are open; what it rejects is lost and counted. */
export type EventHandler = (event: VaultEvent, meta: EventMeta) => void | Promise<void>;

/** What was seen since the start, and how many connections and events are open now. */
export type SyslogCounters = Record<
  | 'lines'
  | 'events'
  | 'handlerFailures'
  | 'datagramsDropped'
  | 'addressesRefused'
  | 'connectionsRefused'
  | 'connectionsIdle'
  | 'connectionsSlow'
  | 'handshakesFailed'
  | 'connectionsOpen'
  | 'eventsOpen',
  number
> & { readonly problems: Record<QuarantineReason, number> };

/** Where all transports bring their lines. */
export type Intake = {
  readonly counters: SyslogCounters;
  /** Whether the line was an event. */
  take(frame: Frame, from: Pick<EventMeta, 'transport' | 'address'>): boolean;
  /** Whether as many events are open as may be. */
  full(): boolean;
  /** Calls back, once, when there is room again. */
  whenFree(callback: () => void): void;
  /** Resolves when every event that was taken is handed over. */
  settled(): Promise<void>;
  quarantine(): readonly QuarantinedLine[];
};

export type IntakeOptions = {
  readonly onEvent: EventHandler;
  readonly timeZoneOf: LineContext['timeZoneOf'];
  readonly now: () => Instant;
  readonly maxEventsOpen: number;
};

export function lineIntake({ onEvent, timeZoneOf, now, maxEventsOpen }: IntakeOptions): Intake {
  const counters = zeroCounters();
  const quarantine = lineQuarantine();
  let waiting: (() => void)[] = [];
  const leaving: (() => void)[] = [];

  function finished(): void {
    counters.eventsOpen -= 1;
    if (counters.eventsOpen === 0) for (const callback of leaving.splice(0)) callback();
    if (counters.eventsOpen > maxEventsOpen / 2) return;
    const free = waiting;
    waiting = [];
    for (const callback of free) callback();
  }

  async function handOver(event: VaultEvent, meta: EventMeta): Promise<void> {
    try {
      const done = onEvent(event, meta);
      if (done === undefined) return;
      counters.eventsOpen += 1;
      await done.finally(finished);
    } catch {
      // Whoever handles events reports its own failures: an error of ours could carry what the event said.
      counters.handlerFailures += 1;
    }
  }

  function refuse(reason: QuarantineReason, text: string, from: string, at: Instant): false {
    counters.problems[reason] += 1;
    if (reason !== 'empty') quarantine.add({ at, reason, from, text });
    return false;
  }

  return {
    counters,
    full: () => counters.eventsOpen >= maxEventsOpen,
    whenFree: (callback) => void waiting.push(callback),
    settled: () =>
      counters.eventsOpen === 0 ? Promise.resolve() : new Promise((done) => void leaving.push(done)),
    quarantine: quarantine.lines,
    take({ text, oversized }, { transport, address }) {
      const receivedAt = now();
      counters.lines += 1;
      if (oversized) return refuse('oversized', text, address, receivedAt);
      const { event, problem } = parseLine(text, { receivedAt, timeZoneOf });
      if (!event) return refuse(problem, text, address, receivedAt);
      counters.events += 1;
      void handOver(event, { transport, address, receivedAt });
      return true;
    },
  };
}

function zeroCounters(): SyslogCounters {
  return {
    lines: 0,
    events: 0,
    handlerFailures: 0,
    datagramsDropped: 0,
    addressesRefused: 0,
    connectionsRefused: 0,
    connectionsIdle: 0,
    connectionsSlow: 0,
    handshakesFailed: 0,
    connectionsOpen: 0,
    eventsOpen: 0,
    problems: { empty: 0, 'not-cef': 0, 'cef-header': 0, foreign: 0, oversized: 0 },
  };
}
