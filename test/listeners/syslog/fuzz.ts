import type { VaultEvent } from '../../../src/domain/vault-event.ts';
import { lineFramer } from '../../../src/listeners/syslog/framing.ts';
import { lineIntake } from '../../../src/listeners/syslog/intake.ts';
import { received, vaultLine } from './line.ts';
import { chance, mutated } from './mutations.ts';

/** What a run of mutated lines gave. A valid line stands behind each of them. */
export type FuzzResult = {
  readonly lines: number;
  readonly counted: number;
  readonly neighboursUnderstood: number;
  readonly quarantined: number;
};

const from = { transport: 'tcp', address: '127.0.0.1' } as const;

/**
 * Sends `count` mutated lines, each followed by a valid one in either framing, through framing and intake in chunks
 * of any size. Throws what they throw.
 */
export function fuzz(count: number, seed: number): FuzzResult {
  const random = chance(seed);
  let neighboursUnderstood = 0;
  const onEvent = (event: VaultEvent) => {
    const isNeighbour = event.action === 'account-locked' && event.account?.username.startsWith('neighbour-');
    if (isNeighbour) neighboursUnderstood += 1;
  };
  const intake = lineIntake({ onEvent, timeZoneOf: () => 'UTC', now: () => received, maxEventsOpen: 10 });
  const framer = lineFramer(64 * 1024);
  for (let sent = 0; sent < count; ) {
    const batch: string[] = [];
    for (let size = 0; size < 20 && sent < count; size += 1) {
      const valid = vaultLine(4, 'USER - LOCKOUT', `msg=x duser=neighbour-${sent}`);
      batch.push(
        `${mutated(random)}\n`,
        random() < 0.5 ? `${valid}\n` : `${Buffer.byteLength(valid)} ${valid}`,
      );
      sent += 1;
    }
    const bytes = Buffer.from(batch.join(''));
    for (let at = 0; at < bytes.length; ) {
      const end = at + 1 + Math.floor(random() * 4_000);
      for (const frame of framer.push(bytes.subarray(at, end))) intake.take(frame, from);
      at = end;
    }
  }
  const { lines, events, problems } = intake.counters;
  const counted = events + Object.values(problems).reduce((sum, one) => sum + one, 0);
  return { lines, counted, neighboursUnderstood, quarantined: intake.quarantine().length };
}
