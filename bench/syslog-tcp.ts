import { setTimeout as wait } from 'node:timers/promises';
import { addressRange } from '../src/domain/addresses.ts';
import { syslogListener } from '../src/listeners/syslog/listener.ts';
import { type Figure, inRounds, type Measure } from './kit/measure.ts';
import { rsyslog, rsyslogProgram } from './kit/rsyslog.ts';
import { sendLines } from './kit/sender.ts';

const seconds = 60;
const aim = 20_000;
/** rsyslog is given this many: it is done with them in a few seconds. */
const peerLines = 1_000_000;

const line =
  '<110>Nov 24 02:00:00 THYCOTICSS01 CEF:0|Thycotic Software|Secret Server|11.3.000003|18|USER - LOGINFAILURE|2|msg=[[SecretServer]] Event: [User] Action: [Login Failure] By User: CORP\\\\svc-qualys Item Name: CORP\\\\svc-qualys (Item Id: 7) Details: AuthenticationFailed suid=7 suser=CORP\\\\svc-qualys duser=CORP\\\\svc-qualys duid=7 src=10.20.30.40 rt=Nov 24 2026 02:00:00\n';

/** Lines over one TCP connection as fast as they are taken, the sender in another process. */
export const syslogTcp: Measure = {
  name: 'syslog-tcp',
  title: `syslog over TCP for ${seconds} s: received, parsed, classified, handed over`,
  peer: 'rsyslog writing the same lines to a file, where it is on the PATH; the aim is a number',
  rounds: 1,
  async take(rounds) {
    const program = rsyslogProgram();
    const taken = await inRounds(rounds, async () => ({
      ours: await ingested(),
      peer: program === null ? null : await written(program),
    }));
    const figure = (what: string, unit: string, ours: number[], aimed: Figure['aim']): Figure => ({
      ...{ what, unit, ours, peer: [], compare: 'value', aim: aimed },
    });
    const peers = taken.flatMap(({ peer }) => peer ?? []);
    const rates = taken.map(({ ours }) => ours.perSecond);
    const beside: Figure = {
      what: 'throughput beside rsyslog',
      unit: 'lines/s',
      ours: rates,
      peer: peers,
      compare: 'ratio',
      aim: null,
    };
    return {
      figures: [
        figure('throughput', 'lines/s', rates, { atLeast: aim }),
        figure(
          'lines lost',
          'lines',
          taken.map(({ ours }) => ours.lost),
          { atMost: 0 },
        ),
        ...(peers.length > 0 ? [beside] : []),
      ],
    };
  },
};

async function ingested(): Promise<{ perSecond: number; lost: number }> {
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
  const port = listener.bound.tcp?.port ?? 0;
  const until = async (count: number) => {
    for (
      let still = 0, before = -1;
      events < count && still < 100;
      still = events === before ? still + 1 : 0
    ) {
      before = events;
      await wait(20);
    }
  };
  const from = performance.now();
  const sent = await sendLines({ port, line, forMs: seconds * 1_000 });
  await until(sent);
  const perSecond = (events / (performance.now() - from)) * 1_000;
  await listener.close();
  return { perSecond, lost: sent - events };
}

async function written(program: string): Promise<number> {
  const peer = await rsyslog(program);
  try {
    const from = performance.now();
    const sent = await sendLines({ port: peer.port, line, count: peerLines });
    let stored = 0;
    for (let attempt = 0; stored < sent && attempt < 600; attempt += 1) {
      await wait(100);
      stored = await peer.stored();
    }
    return (stored / (performance.now() - from)) * 1_000;
  } finally {
    await peer.close();
  }
}
