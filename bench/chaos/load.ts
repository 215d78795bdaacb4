import { setTimeout as wait } from 'node:timers/promises';
import { eventSender } from '../../src/sandbox/secret-server/event-sender.ts';
import { corp } from '../../src/sandbox/secret-server/world/healthy.ts';
import { lockOut } from '../../src/sandbox/secret-server/world/logins.ts';
import type { Place } from './place.ts';
import { atMost, exactly, type Finding } from './scenario.ts';
import type { Told } from './told.ts';

/** Locks every account once, evenly over the time. Their events go out over TCP, as Secret Server sends them, to each listener. */
export async function lockAll(
  { vault, accounts, listeners }: Place,
  overMs: number,
): Promise<{ close(): void }> {
  const senders = listeners.map(({ tcp }) => eventSender(vault.world, { host: '127.0.0.1', port: tcp }));
  for (const account of accounts) {
    lockOut(vault.world, account, corp.applianceAddress);
    await wait(overMs / accounts.length);
  }
  return {
    close() {
      for (const sender of senders) sender.close();
    },
  };
}

/** What must hold of every run: nothing lost, nothing twice, everything told. */
export function completeness(told: Told, duplicatesAllowed: number): Finding[] {
  return [
    exactly('lockouts without an incident', 0, told.lost.length),
    exactly('accounts with two incidents', 0, told.twice.length),
    exactly('incidents that no card names', 0, told.unnamed.length),
    exactly('cards that show an old state', 0, told.stale),
    exactly('threads with lines lacking', 0, told.threadsLacking),
    atMost('messages posted twice (cards and lines)', duplicatesAllowed, told.secondCards + told.secondLines),
  ];
}
