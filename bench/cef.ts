import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { parseLine } from '../src/listeners/syslog/parse-line.ts';
import { inRounds, type Measure } from './kit/measure.ts';

/** A round is made of turns, ours and the peer's by turns, so that a busy moment of the machine meets both. */
const turnsOfRound = 8;
const turnMs = 100;

const command = "npx -y -p nsyslog-parser@0.10.1 -c 'npm run bench -- cef'";
const samplesFolder =
  process.env['VAULTCHECK_REFERENCE'] || join(import.meta.dirname, '../../shared/reference');

type Parse = (line: string) => unknown;

/** Lines a second of processor time, the real ones in turn. The peer only parses; ours also classifies. */
export const cef: Measure = {
  name: 'cef',
  title: 'syslog lines a second: header, CEF, classified as an event',
  peer: 'nsyslog-parser, the best CEF parser of the npm registry, on the same real lines',
  rounds: 7,
  async take(rounds) {
    const lines = realLines();
    if (lines.length === 0)
      return { skipped: 'the real samples (VAULTCHECK_REFERENCE) are not beside the project' };
    const peer = installedPeer();
    if (!peer) return { skipped: `nsyslog-parser is no dependency of this project: ${command}` };
    const context = { receivedAt: Date.now(), timeZoneOf: () => 'UTC' };
    const ours: Parse = (line) => parseLine(line, context);
    sideBySide(ours, peer, lines);
    const taken = await inRounds(rounds, async () => sideBySide(ours, peer, lines));
    return {
      figures: [
        {
          what: `throughput on ${lines.length} real lines`,
          unit: 'lines/s',
          ours: taken.map((one) => one.ours),
          peer: taken.map((one) => one.peer),
          compare: 'ratio',
          aim: { atLeast: 5 },
        },
      ],
    };
  },
};

function realLines(): string[] {
  const folder = join(samplesFolder, 'events');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.log'));
  const all = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/\r?\n/));
  // As they come off the wire: each a text of its own, and no part of a file's.
  return all.filter((line) => line.includes('CEF:')).map((line) => Buffer.from(line).toString());
}

/** Where `npx -p` put it, which is told by the PATH alone. */
function installedPeer(): Parse | null {
  const folders = [import.meta.dirname, ...(process.env['PATH'] ?? '').split(delimiter)];
  for (const folder of folders) {
    try {
      return createRequire(join(folder, 'x.js'))('nsyslog-parser') as Parse;
    } catch {
      // Not there.
    }
  }
  return null;
}

function sideBySide(ours: Parse, peer: Parse, lines: readonly string[]): { ours: number; peer: number } {
  const [mine, its] = [
    { lines: 0, cpuS: 0 },
    { lines: 0, cpuS: 0 },
  ];
  for (let turn = 0; turn < turnsOfRound; turn += 1) {
    takeTurn(ours, lines, mine);
    takeTurn(peer, lines, its);
  }
  return { ours: mine.lines / mine.cpuS, peer: its.lines / its.cpuS };
}

/** Processor time and not the clock's: on a shared machine the clock counts what others do. */
function takeTurn(parse: Parse, lines: readonly string[], sum: { lines: number; cpuS: number }): void {
  const [before, until] = [process.cpuUsage(), performance.now() + turnMs];
  while (performance.now() < until) {
    for (const line of lines) parse(line);
    sum.lines += lines.length;
  }
  const { user, system } = process.cpuUsage(before);
  sum.cpuS += (user + system) / 1e6;
}
