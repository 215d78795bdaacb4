import { describe, expect, it } from 'vitest';
import { syslogHeader } from '../../../src/listeners/syslog/syslog-header.ts';
import { eventOf, problemOf, received, vaultLine } from './line.ts';

const bare = (month: number, day: number, time: string) => ({
  kind: 'bare',
  month,
  day,
  timeOfDayMs: Date.parse(`1970-01-01T${time}Z`),
});
const instant = (text: string) => ({ kind: 'instant', at: Date.parse(text) });

describe('syslogHeader', () => {
  it.each([
    ['Nov 10 13:13:32 HOST ', bare(10, 10, '13:13:32'), 'HOST'],
    ['<134>Nov 10 13:13:32 HOST ', bare(10, 10, '13:13:32'), 'HOST'],
    ['Jan 4 01:02:03 HOST ', bare(0, 4, '01:02:03'), 'HOST'],
    ['Jan  4 01:02:03 HOST ', bare(0, 4, '01:02:03'), 'HOST'],
    ['Jan 04 01:02:03 HOST ', bare(0, 4, '01:02:03'), 'HOST'],
    ['Nov 10 2026 13:13:32 HOST ', bare(10, 10, '13:13:32'), 'HOST'],
    ['Nov 10 13:13:32 HOST tag: ', bare(10, 10, '13:13:32'), 'HOST'],
    ['Nov 10 13:13:32 2001:db8::1 ', bare(10, 10, '13:13:32'), '2001:db8::1'],
    ['Nov 10 13:13:32 ', bare(10, 10, '13:13:32'), null],
    ['Mär 04 13:13:32 HOST ', null, 'HOST'],
    ['Nov 10 33:13:32 HOST ', null, 'HOST'],
    ['2021-06-18T11:40:21.00-07:00 HOST ', instant('2021-06-18T18:40:21Z'), 'HOST'],
    ['2023-10-24T22:25:00.219Z HOST ', instant('2023-10-24T22:25:00.219Z'), 'HOST'],
    ['2023-10-24T22:25:00+0200 HOST ', instant('2023-10-24T20:25:00Z'), 'HOST'],
    ['2023-10-24T22:25:00 HOST ', null, 'HOST'],
    ['2023-13-99T22:25:00Z HOST ', null, 'HOST'],
    ['<134>1 2023-10-24T22:25:00Z HOST app 12 id - ', instant('2023-10-24T22:25:00Z'), 'HOST'],
    ['1 2023-10-24T22:25:00Z HOST app 12 id [x@1 y="z"] ', instant('2023-10-24T22:25:00Z'), 'HOST'],
    ['<134>1 2023-10-24T22:25:00Z - app - - - ', instant('2023-10-24T22:25:00Z'), null],
    ['HOST ', null, 'HOST'],
    ['<134>', null, null],
    ['', null, null],
  ])('reads %j', (before, time, host) => {
    expect(syslogHeader(before)).toEqual({ time, host });
  });
});

describe('parseLine', () => {
  const line = vaultLine(4, 'USER - LOCKOUT', 'msg=x duser=svc');

  it.each([
    ['a byte order mark before the header', `\uFEFF${line}`],
    ['a byte order mark before the message', line.replace('CEF', '\uFEFFCEF')],
    ['a line end left over', `${line}\r\n\0`],
  ])('reads a line with %s', (_, text) => {
    expect(eventOf(text)).toMatchObject({ host: 'VAULT01', account: { username: 'svc', domain: null } });
  });

  it.each([
    ['', 'empty'],
    [' \uFEFF\r', 'empty'],
    ['<34>Oct 11 22:14:15 host su: failed', 'not-cef'],
    ['CEF:0|Thycotic Software|Secret Server', 'cef-header'],
    ['CEF:0|Other|Secret Server|1|4|USER - LOCKOUT|2|duser=svc', 'foreign'],
    ['CEF:0|Thycotic Software|Password Reset Server|1|10004|REPORT - REPORT_RENAME|2|msg=x', 'foreign'],
  ])('says of %j that it is %s', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it('takes the vendor by its later name too', () => {
    expect(eventOf(line.replace('Thycotic', 'Delinea')).action).toBe('account-locked');
  });
});

describe('when an event happened', () => {
  const at = (extension: string, time: number, zone = 'UTC', head = 'Nov 24 02:00:12 VAULT01') => {
    const text = vaultLine(4, 'USER - LOCKOUT', extension).replace('Nov 24 02:00:12 VAULT01', head);
    const event = eventOf(text, time, zone);
    return `${new Date(event.at).toISOString()} ${event.timeSource}`;
  };

  it.each([
    [
      'its own time, in the zone of the setting',
      'rt=Nov 24 2026 02:00:05',
      'Europe/Berlin',
      '2026-11-24T01:00:05.000Z event',
    ],
    ['its own time in summer', 'rt=Jul 24 2026 02:00:05', 'Europe/Berlin', '2026-07-24T00:00:05.000Z event'],
    ['a zone of half hours', 'rt=Jul 24 2026 02:00:05', 'Asia/Kolkata', '2026-07-23T20:30:05.000Z event'],
    [
      'the hour after the clocks went forward',
      'rt=Mar 29 2026 03:30:00',
      'Europe/Berlin',
      '2026-03-29T01:30:00.000Z event',
    ],
    [
      'the first of the hours that come twice',
      'rt=Oct 25 2026 02:30:00',
      'Europe/Berlin',
      '2026-10-25T00:30:00.000Z event',
    ],
    [
      'milliseconds and a zone that is said',
      'rt=Nov 24 2026 02:00:05.25 UTC',
      'Europe/Berlin',
      '2026-11-24T02:00:05.250Z event',
    ],
    ['an epoch in milliseconds', 'rt=1795485605123', 'Europe/Berlin', '2026-11-24T02:00:05.123Z event'],
    ['an epoch in seconds', 'rt=1795485605', 'UTC', '2026-11-24T02:00:05.000Z event'],
    ['the header, where it says nothing', 'msg=x', 'UTC', '2026-11-24T02:00:12.000Z header'],
    [
      'the header, where its month is not English',
      'rt=Mär 24 2026 02:00:05',
      'UTC',
      '2026-11-24T02:00:12.000Z header',
    ],
  ])('%s', (_, extension, zone, expected) => {
    expect(at(extension, received, zone)).toBe(expected);
  });

  it('is when it was received, where nothing else is known', () => {
    expect(at('msg=x', received, 'UTC', '')).toBe('2026-11-24T02:00:30.000Z received');
  });

  it('puts a header without a year into the year that is near', () => {
    const newYear = Date.UTC(2027, 0, 1, 0, 0, 3);
    expect(at('msg=x', newYear, 'UTC', 'Dec 31 23:59:58 H')).toBe('2026-12-31T23:59:58.000Z header');
    expect(at('msg=x', newYear - 10_000, 'UTC', 'Jan 01 00:00:01 H')).toBe('2027-01-01T00:00:01.000Z header');
  });
});
