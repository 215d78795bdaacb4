import { takenFrom } from '../app/event-intake.ts';
import { ConfigError } from '../config/problems.ts';
import { addressRange } from '../domain/addresses.ts';
import { type SyslogListener, syslogListener } from '../listeners/syslog/listener.ts';
import type { Closing } from './closing.ts';
import { eventCount, measureLines } from './event-metrics.ts';
import { openHandOver } from './hand-over.ts';
import { tellListening } from './listening.ts';
import type { Shared } from './shared.ts';
import { tellUnread } from './unread-lines.ts';

/** Everybody, where no list says who may send. */
const anybody = ['0.0.0.0/0', '::/0'];

/** Listens for Secret Server's events, where the configuration says so. Resolves to null where it does not. */
export async function openListener(shared: Shared, closers: Closing): Promise<SyslogListener | null> {
  const { config, log, clock } = shared;
  const { syslog } = config.listeners;
  if (!syslog) return nothingToListenTo(shared);
  const settings = shared.integrations.map((one) => one.settings);
  const zones = new Map(
    settings.flatMap(({ senders, eventsTimeZone }) =>
      senders.map((one) => [one.toLowerCase(), eventsTimeZone]),
    ),
  );
  const onlyZone = settings.length === 1 ? (settings[0]?.eventsTimeZone ?? null) : null;
  // Opened first, so that it is closed last: what the sockets still held goes through it.
  const handOver = openHandOver(shared, closers);
  const count = eventCount(shared.metrics);
  const listener = await syslogListener({
    udp: syslog.udp ?? null,
    tcp: syslog.tcp ?? null,
    tls: syslog.tls,
    allow: (syslog.allow ?? anybody).flatMap((text) => addressRange(text) ?? []),
    timeZoneOf: (host) => zones.get(host?.toLowerCase() ?? '') ?? onlyZone ?? 'UTC',
    now: clock.now,
    async onEvent(event, { transport, address: peer, receivedAt }) {
      const taken = takenFrom(event, { via: transport, address: peer, receivedAt }, settings);
      count(event, { receivedAt, isOurs: taken !== null });
      if (taken) await handOver.take(taken);
    },
  }).catch((error: unknown) => refuse(error, config.file));
  closers.add('syslog listener', listener.close);
  handOver.missedWhenRises(() => listener.counters.datagramsDropped + listener.counters.handlerFailures);
  measureLines(shared.metrics, listener);
  tellUnread(listener, shared, closers);
  tellListening(shared, closers);
  log.info({ bound: listener.bound }, 'listening for events');
  return listener;
}

/** With all roles an absent listener is a choice; a process that is only a listener would do nothing, in silence. */
function nothingToListenTo({ config }: Shared): null {
  if (config.service.role !== 'listener') return null;
  const text =
    'is not set, and this process has the role listener alone: say where to listen, or start another role';
  throw new ConfigError(config.file, [{ where: 'listeners.syslog', line: null, text }]);
}

function refuse(error: unknown, file: string): never {
  const text = error instanceof Error ? error.message : 'cannot be listened on';
  throw new ConfigError(file, [{ where: 'listeners.syslog', line: null, text }]);
}
