import type { Socket } from 'node:net';
import { lineFramer } from './framing.ts';
import type { EventMeta, Intake } from './intake.ts';

/** Bounds of one connection. Times in milliseconds. */
export type ConnectionLimits = {
  readonly maxLineBytes: number;
  /** A sender that is quiet for so long has said its line, even without an end to it. */
  readonly flushAfterMs: number;
  /** A line must end so long after it began. */
  readonly lineTimeoutMs: number;
  /** A connection may be silent for so long. Secret Server keeps its connection and opens a new one when needed. */
  readonly idleTimeoutMs: number;
};

/** One connected sender. */
export type Connection = {
  /** Ends lines and the connection itself when they take too long. `at` is of the same clock as `clock`. */
  sweep(at: number): void;
  /** Tells the sender that no more is read than it has sent by now, and reads that. */
  leave(): void;
  /** Whether nothing more came for a while, after `leave`. */
  quiet(at: number): boolean;
};

export type ConnectionOptions = {
  readonly intake: Intake;
  readonly from: Pick<EventMeta, 'transport' | 'address'>;
  readonly limits: ConnectionLimits;
  /** A clock that never jumps. */
  readonly clock: () => number;
};

/** So many lines in a row that had no end and no meaning: this is no sender of events. */
const maxStrikes = 3;

/** What a sender had sent when it was told to stop has come by then. */
const quietMs = 250;

/** Reads lines from a socket until it closes. */
export function syslogConnection(
  socket: Socket,
  { intake, from, limits, clock }: ConnectionOptions,
): Connection {
  const framer = lineFramer(limits.maxLineBytes);
  let heardAt = clock();
  let lineSince: number | null = null;
  let strikes = 0;

  socket.on('data', (chunk: Buffer) => {
    heardAt = clock();
    const frames = framer.push(chunk);
    for (const frame of frames) {
      if (intake.take(frame, from)) strikes = 0;
    }
    if (!framer.open) lineSince = null;
    else if (frames.length > 0 || lineSince === null) lineSince = heardAt;
    if (intake.full()) hold();
  });
  socket.on('close', flush);
  // What an error means shows in its close.
  socket.on('error', () => socket.destroy());

  /** Stops reading until there is room: TCP then holds the sender back, and nothing is lost. */
  function hold(): void {
    socket.pause();
    intake.whenFree(() => {
      heardAt = clock();
      lineSince = framer.open ? heardAt : null;
      socket.resume();
    });
  }

  function flush(): void {
    lineSince = null;
    for (const frame of framer.flush()) strikes = intake.take(frame, from) ? 0 : strikes + 1;
  }

  function end(counter: 'connectionsSlow' | 'connectionsIdle'): void {
    intake.counters[counter] += 1;
    socket.destroy();
  }

  return {
    leave() {
      heardAt = clock();
      socket.end();
    },
    quiet: (at) => socket.destroyed || (!socket.isPaused() && at - heardAt > quietMs),
    sweep(at) {
      if (socket.destroyed || socket.isPaused()) return;
      if (lineSince !== null && at - lineSince > limits.lineTimeoutMs) return end('connectionsSlow');
      if (framer.open && at - heardAt > limits.flushAfterMs) flush();
      if (strikes >= maxStrikes) return end('connectionsSlow');
      if (at - heardAt > limits.idleTimeoutMs) end('connectionsIdle');
    },
  };
}
