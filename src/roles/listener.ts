import { join } from 'node:path';
import { fileSpool, type Spool } from '../adapters/spool/file-spool.ts';
import { type EventSink, handIn, type Taken, takenFrom, takenOfLine } from '../app/event-intake.ts';
import { ConfigError } from '../config/problems.ts';
import { addressRange } from '../domain/addresses.ts';
import type { Endpoint } from '../listeners/syslog/listener.ts';
import { type SyslogListener, syslogListener } from '../listeners/syslog/listener.ts';
import type { Closing } from './closing.ts';
import { openRecords } from './records.ts';
import type { Shared } from './shared.ts';

/** How often what lies on disk is tried again. */
const drainEveryMs = 2_000;

/** Everybody, where no list says who may send. */
const anybody = ['0.0.0.0/0', '::/0'];

/** Listens for Secret Server's events, where the configuration says so. Resolves to null where it does not. */
export async function openListener(shared: Shared, closers: Closing): Promise<SyslogListener | null> {
  const { config, log, clock } = shared;
  const { syslog } = config.listeners;
  if (!syslog) return nothingToListenTo(shared);
  const settings = shared.integrations.map((one) => one.settings);
  const spool = fileSpool({ folder: join(config.environment.dataFolder, 'spool') });
  const sink = sinkOf(shared);
  const zones = new Map(
    settings.flatMap(({ senders, eventsTimeZone }) =>
      senders.map((one) => [one.toLowerCase(), eventsTimeZone]),
    ),
  );
  const onlyZone = settings.length === 1 ? (settings[0]?.eventsTimeZone ?? null) : null;
  const listener = await syslogListener({
    udp: endpoint(syslog.udp),
    tcp: endpoint(syslog.tcp),
    tls: syslog.tls
      ? {
          ...address(syslog.tls.address),
          cert: syslog.tls.cert,
          key: syslog.tls.key,
          clientCa: syslog.tls.clientCa,
        }
      : null,
    allow: (syslog.allow ?? anybody).flatMap((text) => addressRange(text) ?? []),
    timeZoneOf: (host) => zones.get(host?.toLowerCase() ?? '') ?? onlyZone ?? 'UTC',
    now: clock.now,
    async onEvent(event, { transport, address: peer, receivedAt }) {
      const taken = takenFrom(event, { via: transport, address: peer, receivedAt }, settings);
      if (taken) await keepOrHandIn(taken, sink, { spool, log });
    },
  }).catch((error: unknown) => refuse(error, config.file));
  closers.add('syslog listener', listener.close);
  drainRegularly(spool, sink, shared, closers);
  countOn(shared, listener);
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

/** A connection that fails at once: an event that cannot be stored goes to disk, and not into memory. */
function sinkOf({ config, redis, producers }: Shared): EventSink {
  const { journal } = openRecords(redis.hasty, config.keep);
  return {
    journal,
    observe: (observation) => producers.hasty.add({ kind: 'observe', version: 1, observation }),
  };
}

async function keepOrHandIn(
  taken: Taken,
  sink: EventSink,
  { spool, log }: { spool: Spool; log: Shared['log'] },
): Promise<void> {
  try {
    await handIn(sink, taken);
  } catch {
    // A disk that is full, or a folder that may not be written, loses the event as a full spool does: out loud.
    const kept = await spool.keep(JSON.stringify(taken)).catch(() => false);
    if (!kept)
      log.error({ events: 1 }, 'event lost: Redis is away, and the spool is full or cannot be written');
  }
}

function drainRegularly(spool: Spool, sink: EventSink, { log, redis }: Shared, closers: Closing): void {
  let busy = false;
  const drain = async () => {
    if (busy || redis.hasty.status !== 'ready') return;
    busy = true;
    try {
      const events = await spool.drain(async (line) => {
        const taken = takenOfLine(line);
        if (taken) await handIn(sink, taken);
        else log.error({ events: 1 }, 'event lost: what was kept of it on disk cannot be read');
      });
      if (events > 0) log.info({ events }, 'events handed in that were kept while Redis was away');
    } catch (error) {
      log.warn({ error }, 'kept events could not be handed in yet');
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void drain(), drainEveryMs);
  closers.add('spool', () => clearInterval(timer));
  void drain();
}

function countOn({ metrics }: Shared, { counters }: SyslogListener): void {
  const gauges: readonly [string, string, () => number][] = [
    ['vaultcheck_syslog_lines', 'Lines received since the start', () => counters.lines],
    ['vaultcheck_syslog_events', 'Lines that were events', () => counters.events],
    [
      'vaultcheck_syslog_problems',
      'Lines that could not be read',
      () => Object.values(counters.problems).reduce((a, b) => a + b, 0),
    ],
    ['vaultcheck_syslog_refused', 'Senders that may not send', () => counters.addressesRefused],
  ];
  for (const [name, help, read] of gauges) metrics.gauge(name, help, read);
}

function endpoint(text: string | undefined): Endpoint | null {
  return text === undefined ? null : address(text);
}

/** `host:port`, the host of IPv6 in brackets; the configuration has checked the form. */
function address(text: string): Endpoint {
  const at = text.lastIndexOf(':');
  return { host: text.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) };
}

function refuse(error: unknown, file: string): never {
  const text = error instanceof Error ? error.message : 'cannot be listened on';
  throw new ConfigError(file, [{ where: 'listeners.syslog', line: null, text }]);
}
