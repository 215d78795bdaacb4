import type { VaultEvent } from '../../domain/vault-event.ts';
import { type CefProblem, cefStart, parseCef } from './cef.ts';
import { classify, isSecretServer } from './classify.ts';
import type { TimeContext } from './event-time.ts';
import { type SyslogHeader, syslogHeader } from './syslog-header.ts';

/** Why a line is no event of Secret Server: nothing in it, no CEF, a broken CEF header, another product's. */
export type LineProblem = 'empty' | CefProblem | 'foreign';

/** A line's meaning, or why it has none. */
export type ParsedLine =
  | { readonly event: VaultEvent; readonly problem?: never }
  | { readonly event?: never; readonly problem: LineProblem };

/** What a line does not say: when it came, and which zone the sender's bare times are in. */
export type LineContext = {
  readonly receivedAt: TimeContext['receivedAt'];
  readonly timeZoneOf: (host: string | null) => string;
};

/** A byte order mark may stand before the header, or (RFC 5424) before the message. */
const mark = '\uFEFF';

/** One syslog line as an event of Secret Server, or the reason why it is none. Never throws. */
export function parseLine(line: string, { receivedAt, timeZoneOf }: LineContext): ParsedLine {
  const start = cefStart(line);
  if (start < 0) return { problem: isEmpty(line) ? 'empty' : 'not-cef' };
  const cef = parseCef(withoutEnd(line), start);
  if (typeof cef === 'string') return { problem: cef };
  if (!isSecretServer(cef)) return { problem: 'foreign' };
  const header = readHeader(line.slice(0, start));
  return { event: classify(cef, header, { receivedAt, timeZone: timeZoneOf(header.host) }) };
}

function readHeader(before: string): SyslogHeader {
  return syslogHeader(before.includes(mark) ? before.replaceAll(mark, '') : before);
}

function isEmpty(line: string): boolean {
  return line.replaceAll(mark, '').trim() === '';
}

/** CR, LF and NUL at the end belong to the framing. */
function withoutEnd(line: string): string {
  let end = line.length;
  while (end > 0 && ['\r', '\n', '\0'].includes(line[end - 1] ?? '')) end -= 1;
  return end === line.length ? line : line.slice(0, end);
}
