import { dayMs, hourMs, type Instant } from '../../domain/instant.ts';
import type { TimeSource } from '../../domain/vault-event.ts';
import { timeOfDay, twoDigits } from './columns.ts';
import { type HeaderTime, monthNumber } from './syslog-header.ts';

/** A moment, and how it is known. */
export type EventTime = { readonly at: Instant; readonly timeSource: TimeSource };

/** What is needed to place a time that says no zone and perhaps no year. */
export type TimeContext = {
  readonly receivedAt: Instant;
  /** The zone of the sender's setting, an IANA name. Nothing in a message tells it. */
  readonly timeZone: string;
};

/** `rt` by CEF: `Nov 10 2022 13:13:23`, with milliseconds or `UTC` perhaps behind it. */
const written = /^([^\s\d]{3,10}) +(\d{1,2}) (\d{4}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?(?: (UTC|GMT|Z))?$/;
const epoch = /^\d{10}(?:\d{3})?$/;

/** When an event happened: its own `rt`, else the header's time, else when it was received. */
export function eventTime(
  rt: string | undefined,
  header: HeaderTime | null,
  context: TimeContext,
): EventTime {
  const own = rt === undefined ? undefined : ownTime(rt, context);
  if (own !== undefined) return { at: own, timeSource: 'event' };
  if (header?.kind === 'instant') return { at: header.at, timeSource: 'header' };
  if (header) return { at: nearest(header, context), timeSource: 'header' };
  return { at: context.receivedAt, timeSource: 'received' };
}

function ownTime(rt: string, { timeZone }: TimeContext): number | undefined {
  const usual = usualTime(rt);
  if (usual !== undefined) return instant(usual, timeZone);
  // Through a collector such as ArcSight, `rt` becomes an epoch in seconds or milliseconds.
  if (epoch.test(rt)) return rt.length === 10 ? Number(rt) * 1000 : Number(rt);
  const found = written.exec(rt);
  if (!found) return undefined;
  const [, monthName = '', day, year, hours, minutes, seconds, fraction, zone] = found;
  const month = monthNumber(monthName);
  if (month === undefined) return undefined;
  const wall = Date.UTC(Number(year), month, Number(day), Number(hours), Number(minutes), Number(seconds));
  return instant(wall + (fraction ? Number(fraction.padEnd(3, '0')) : 0), zone ? 'UTC' : timeZone);
}

/** What the clock of `Nov 10 2022 13:13:23` shows, as Secret Server itself writes it. Undefined for any other form. */
function usualTime(rt: string): number | undefined {
  if (rt.length !== 20 || rt[3] !== ' ' || rt[6] !== ' ' || rt[11] !== ' ') return undefined;
  const year = twoDigits(rt, 7) * 100 + twoDigits(rt, 9);
  const wall = Date.UTC(year, monthNumber(rt.slice(0, 3)), twoDigits(rt, 4)) + timeOfDay(rt, 12);
  return Number.isNaN(wall) ? undefined : wall;
}

/** A header has no year: the one that brings it nearest to now, so that New Year's Eve stays in its year. */
function nearest({ month, day, timeOfDayMs }: Bare, { receivedAt, timeZone }: TimeContext): number {
  const year = new Date(receivedAt).getUTCFullYear();
  const candidates = [year - 1, year, year + 1].map((one) =>
    instant(Date.UTC(one, month, day) + timeOfDayMs, timeZone),
  );
  const distance = (at: number) => Math.abs(at - receivedAt);
  return candidates.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

type Bare = Extract<HeaderTime, { kind: 'bare' }>;

/** The instant at which clocks of `timeZone` show `wall`. In the hour that comes twice, the first. */
function instant(wall: number, timeZone: string): number {
  if (timeZone === 'UTC') return wall;
  const before = wall - offset(wall - dayMs, timeZone);
  if (before + offset(before, timeZone) === wall) return before;
  return wall - offset(wall + dayMs, timeZone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone is ahead of UTC then. An unknown zone counts as UTC: the configuration refuses it beforehand. */
function offset(at: number, timeZone: string): number {
  // Offsets change on quarters of an hour, and asking for each event would be slow.
  const quarter = Math.floor(at / (hourMs / 4)) * (hourMs / 4);
  const parts = format(timeZone).formatToParts(quarter);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return shown - quarter;
}

function format(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
}
