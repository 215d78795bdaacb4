import { timeOfDay, timeOfDayMs, twoDigits } from './columns.ts';

/** A time of day as a header wrote it: with its offset (`at`), or bare parts whose year and zone are not said. */
export type HeaderTime =
  | { readonly kind: 'instant'; readonly at: number }
  | { readonly kind: 'bare'; readonly month: number; readonly day: number; readonly timeOfDayMs: number };

/** What stands before the message. Every part may be missing: old engines send no host. */
export type SyslogHeader = { readonly time: HeaderTime | null; readonly host: string | null };

const months = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, at) => [
    name,
    at,
  ]),
);

/** The number of an English month name, 0 to 11. Until 10.6.000026 names followed the server's language. */
export function monthNumber(name: string): number | undefined {
  return months.get(name) ?? months.get(name.charAt(0).toUpperCase() + name.slice(1, 3).toLowerCase());
}

const priority = /^<\d{1,3}>/;
const rfc3164 = /^([^\s\d<]{3,10}) +(\d{1,2}) (?:\d{4} )?(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?: +(\S+))?/;
const iso = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)(?: +(\S+))?/i;

/**
 * Reads what stands before `CEF:`: RFC 3164 (zero- or blank-padded days), RFC 5424, a bare ISO time, a host alone,
 * or nothing at all. A part that cannot be read is left out; this never fails.
 */
export function syslogHeader(before: string): SyslogHeader {
  const header = (before.startsWith('<') ? before.replace(priority, '') : before).trim();
  return header === '' ? { time: null, host: null } : (usualHeader(header) ?? unusualHeader(header));
}

const hostColumn = 16;

/** `Nov 10 13:13:32 HOST`, as Secret Server itself writes it. Undefined for any other form. */
function usualHeader(header: string): SyslogHeader | undefined {
  const [month, day, time] = [monthNumber(header.slice(0, 3)), twoDigits(header, 4), timeOfDay(header, 7)];
  const hasColumns = header[3] === ' ' && header[6] === ' ' && header[15] === ' ' && header[16] !== ' ';
  if (!hasColumns || month === undefined || !(day >= 1 && day <= 31) || Number.isNaN(time)) return undefined;
  const end = header.indexOf(' ', hostColumn);
  const host = header.slice(hostColumn, end < 0 ? undefined : end);
  return withHost({ kind: 'bare', month, day, timeOfDayMs: time }, host);
}

function unusualHeader(header: string): SyslogHeader {
  const bsd = rfc3164.exec(header);
  if (bsd) return bsdHeader(bsd);
  // RFC 5424 differs by its version before the time: `1 2022-11-10T13:13:32Z host app procid msgid [data]`.
  const dated = iso.exec(header.replace(/^\d{1,2} /, ''));
  if (dated) return withHost(isoTime(dated[1] ?? ''), dated[2]);
  const host = header.split(' ').at(-1);
  return withHost(null, host);
}

function bsdHeader(found: RegExpExecArray): SyslogHeader {
  const month = monthNumber(found[1] ?? '');
  const day = Number(found[2]);
  const time = timeOfDayMs(Number(found[3]), Number(found[4]), Number(found[5]));
  const possible = day >= 1 && day <= 31 && !Number.isNaN(time);
  if (month === undefined || !possible) return withHost(null, found[6]);
  return withHost({ kind: 'bare', month, day, timeOfDayMs: time }, found[6]);
}

/** An ISO time without an offset says no zone: it is left out, and the event's own time decides. */
function isoTime(text: string): HeaderTime | null {
  if (!/(z|[+-]\d\d:?\d\d)$/i.test(text)) return null;
  const at = Date.parse(
    text
      .replace(',', '.')
      .replace(' ', 'T')
      .replace(/([+-]\d\d)(\d\d)$/, '$1:$2'),
  );
  return Number.isNaN(at) ? null : { kind: 'instant', at };
}

function withHost(time: HeaderTime | null, named: string | undefined): SyslogHeader {
  if (!named || named === '-') return { time, host: null };
  return { time, host: named.endsWith(':') ? named.slice(0, -1) : named };
}
