import { once } from 'node:events';
import { connect } from 'node:net';
import { addressRange } from '../src/domain/addresses.ts';
import { syslogListener } from '../src/listeners/syslog/listener.ts';
import { inRounds, type Measure } from './kit/measure.ts';

const secondsEach = 10;
/** Lines of one write, as a busy sender's buffer holds them. */
const block = 200;

const line =
  '<110>Nov 24 02:00:00 THYCOTICSS01 CEF:0|Thycotic Software|Secret Server|11.3.000003|18|USER - LOGINFAILURE|2|msg=[[SecretServer]] Event: [User] Action: [Login Failure] By User: CORP\\\\svc-qualys Item Name: CORP\\\\svc-qualys (Item Id: 7) Details: AuthenticationFailed suid=7 suser=CORP\\\\svc-qualys duser=CORP\\\\svc-qualys duid=7 src=10.20.30.40 rt=Nov 24 2026 02:00:00\n';

/** Lines over one TCP connection, as fast as the listener takes them; the sender is in the same process. */
export const syslogTcp: Measure = {
  name: 'syslog-tcp',
  title: `syslog over TCP for ${secondsEach} s: received, parsed, classified, handed over`,
  peer: 'the aim of 20,000 lines/s (rsyslog is not on every machine)',
  rounds: 3,
  async take(rounds) {
    const taken = await inRounds(rounds, () => ingested(secondsEach * 1000));
    return {
      figures: [
        {
          what: 'throughput',
          unit: 'lines/s',
          ours: taken.map(({ perSecond }) => perSecond),
          peer: taken.map(() => 20_000),
          compare: 'ratio',
          aim: { atLeast: 1 },
        },
        {
          what: 'lines lost',
          unit: 'lines',
          ours: taken.map(({ lost }) => lost),
          peer: [],
          compare: 'value',
          aim: { atMost: 0 },
        },
      ],
    };
  },
};

async function ingested(forMs: number): Promise<{ perSecond: number; lost: number }> {
  let events = 0;
  const listener = await syslogListener({
    udp: null,
    tcp: { host: '127.0.0.1', port: 0 },
    tls: null,
    allow: [addressRange('127.0.0.1')].filter((range) => range !== undefined),
    timeZoneOf: () => 'UTC',
    now: Date.now,
    onEvent: () => {
      events += 1;
    },
  });
  const socket = connect(listener.bound.tcp?.port ?? 0, '127.0.0.1');
  await once(socket, 'connect');
  const lines = line.repeat(block);
  let sent = 0;
  const from = performance.now();
  while (performance.now() - from < forMs) {
    sent += block;
    if (!socket.write(lines)) await once(socket, 'drain');
  }
  while (events < sent && performance.now() - from < forMs * 2)
    await new Promise((resolve) => setTimeout(resolve, 5));
  const perSecond = (events / (performance.now() - from)) * 1000;
  socket.destroy();
  await listener.close();
  return { perSecond, lost: sent - events };
}
