import { dayMs, minuteMs } from '../domain/instant.ts';
import type { VaultEvent } from '../domain/vault-event.ts';
import type { SyslogListener } from '../listeners/syslog/listener.ts';
import type { Metrics } from '../ops/metrics.ts';

/** What is seen of each event: whose it is, and how late it came. */
export type EventCount = (
  event: Pick<VaultEvent, 'at'>,
  seen: { receivedAt: number; isOurs: boolean },
) => void;

/** Counts events as they come: those that no integration knows, and those that come late. */
export function eventCount(metrics: Metrics): EventCount {
  const counts = { unattributed: 0, late: 0, tooLate: 0 };
  const gauges: readonly [keyof typeof counts, string, string][] = [
    [
      'unattributed',
      'vaultcheck_events_unattributed',
      'Events that belong to no integration, since the start',
    ],
    ['late', 'vaultcheck_events_late', 'Events told more than a minute late, since the start'],
    ['tooLate', 'vaultcheck_events_too_late', 'Events older than a day: journal only, no incident'],
  ];
  for (const [count, name, help] of gauges) metrics.gauge(name, help, () => counts[count]);
  return ({ at }, { receivedAt, isOurs }) => {
    if (!isOurs) counts.unattributed += 1;
    if (receivedAt - at > minuteMs) counts.late += 1;
    if (receivedAt - at > dayMs) counts.tooLate += 1;
  };
}

/** What the listener counts of lines, before they are events. */
export function measureLines(metrics: Metrics, { counters }: SyslogListener): void {
  const gauges: readonly [string, string, () => number][] = [
    ['vaultcheck_syslog_lines', 'Lines received since the start', () => counters.lines],
    ['vaultcheck_syslog_events', 'Lines that were events', () => counters.events],
    [
      'vaultcheck_syslog_problems',
      'Lines that could not be read',
      () => Object.values(counters.problems).reduce((a, b) => a + b, 0),
    ],
    ['vaultcheck_syslog_refused', 'Senders that may not send', () => counters.addressesRefused],
    [
      'vaultcheck_syslog_dropped',
      'Datagrams dropped since too many events were open',
      () => counters.datagramsDropped,
    ],
    [
      'vaultcheck_event_failures',
      'Events whose handling failed: a bug of ours',
      () => counters.handlerFailures,
    ],
  ];
  for (const [name, help, read] of gauges) metrics.gauge(name, help, read);
}
