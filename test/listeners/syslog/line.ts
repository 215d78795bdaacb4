import type { VaultEvent } from '../../../src/domain/vault-event.ts';
import { parseLine } from '../../../src/listeners/syslog/parse-line.ts';

export const received = Date.UTC(2026, 10, 24, 2, 0, 30);

/** Reads a line that must be an event, as received at `at` from senders whose clocks are in `timeZone`. */
export function eventOf(line: string, at = received, timeZone = 'UTC'): VaultEvent {
  const { event, problem } = parseLine(line, { receivedAt: at, timeZoneOf: () => timeZone });
  if (!event) throw new Error(`no event: ${problem}`);
  return event;
}

export function problemOf(line: string): string | undefined {
  return parseLine(line, { receivedAt: received, timeZoneOf: () => 'UTC' }).problem;
}

/** A line as Secret Server writes it, of invented names. */
export function vaultLine(id: number | string, name: string, extension: string): string {
  return `Nov 24 02:00:12 VAULT01 CEF:0|Thycotic Software|Secret Server|11.3.000001|${id}|${name}|2|${extension}`;
}
