import { createSocket } from 'node:dgram';
import { afterEach, expect, it } from 'vitest';
import { addressRange } from '../../src/domain/addresses.ts';
import { type SyslogListener, syslogListener } from '../../src/listeners/syslog/listener.ts';
import { unreadTeller } from '../../src/roles/unread-lines.ts';

let listener: SyslogListener | undefined;
afterEach(() => listener?.close());

it('names a sender once for each reason, and never what it sent', async () => {
  listener = await syslogListener({
    udp: { host: '127.0.0.1', port: 0 },
    tcp: null,
    tls: null,
    allow: [addressRange('127.0.0.0/8')].flatMap((range) => range ?? []),
    timeZoneOf: () => 'UTC',
    now: () => 0,
    onEvent: () => {},
  });
  const { counters, bound } = listener;
  const said: unknown[] = [];
  const tell = unreadTeller(listener, { warn: (data: unknown) => void said.push(data) } as never);
  const sender = createSocket('udp4');
  const send = async (...lines: string[]) => {
    const before = counters.lines;
    for (const line of lines) sender.send(line, bound.udp?.port ?? 0, '127.0.0.1');
    await expect.poll(() => counters.lines).toBe(before + lines.length);
    tell();
  };
  try {
    await send('noise with hunter2', 'more noise');
    expect(said).toEqual([{ reason: 'not-cef', from: '127.0.0.1' }]);
    await send('noise again', 'CEF:0|Other|Product|1|1|n|1|a=b');
    expect(said).toEqual([
      { reason: 'not-cef', from: '127.0.0.1' },
      { reason: 'foreign', from: '127.0.0.1' },
    ]);
  } finally {
    sender.close();
  }
});
