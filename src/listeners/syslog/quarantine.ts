import type { Instant } from '../../domain/instant.ts';
import type { LineProblem } from './parse-line.ts';

/** Why a line was not taken. */
export type QuarantineReason = LineProblem | 'oversized';

/** The beginning of a line that nobody understood. It may hold anything: show it to admins, never store it elsewhere. */
export type QuarantinedLine = {
  readonly at: Instant;
  readonly reason: QuarantineReason;
  readonly from: string;
  readonly text: string;
};

/** Keeps samples of what was not understood, so that somebody can find out why. Bounded whatever is sent. */
export type Quarantine = {
  add(line: QuarantinedLine): void;
  /** Oldest first. */
  lines(): readonly QuarantinedLine[];
};

const perReason = 25;
const textLength = 1024;

/** The first lines of each reason are all kept, later ones ever more rarely: a flood does not push out its beginning. */
const keptWhole = 15;

export function lineQuarantine(): Quarantine {
  const kept = new Map<QuarantineReason, { seen: number; lines: QuarantinedLine[] }>();
  return {
    add(line) {
      const shelf = kept.get(line.reason) ?? { seen: 0, lines: [] };
      kept.set(line.reason, shelf);
      shelf.seen += 1;
      if (!isSampled(shelf.seen)) return;
      if (shelf.lines.length === perReason) shelf.lines.splice(keptWhole, 1);
      shelf.lines.push({ ...line, text: detached(line.text) });
    },
    lines: () => [...kept.values()].flatMap((shelf) => shelf.lines).sort((one, other) => one.at - other.at),
  };
}

/** Beyond the first, each power of two. */
function isSampled(seen: number): boolean {
  return seen <= keptWhole || Number.isInteger(Math.log2(seen));
}

/** A slice would keep the whole line alive. */
function detached(text: string): string {
  return Buffer.from(text.slice(0, textLength)).toString();
}
