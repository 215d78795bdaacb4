import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { parseLine } from '../src/listeners/syslog/parse-line.ts';
import { inRounds, type Measure } from './kit/measure.ts';

/** Long enough that a pause of the machine is a small part of it. */
const roundMs = 700;

const command = "npx -y -p nsyslog-parser@0.10.1 -c 'npm run bench -- cef'";
const samplesFolder =
  process.env['VAULTCHECK_REFERENCE'] || join(import.meta.dirname, '../../shared/reference');

type Parse = (line: string) => unknown;

/** Lines a second on one core, the real ones in turn. */
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
    linesPerSecond(ours, lines);
    linesPerSecond(peer, lines);
    const taken = await inRounds(rounds, async () => ({
      peer: linesPerSecond(peer, lines),
      ours: linesPerSecond(ours, lines),
    }));
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

function linesPerSecond(parse: Parse, lines: readonly string[]): number {
  const from = performance.now();
  let done = 0;
  while (performance.now() - from < roundMs) {
    for (const line of lines) parse(line);
    done += lines.length;
  }
  return (done / (performance.now() - from)) * 1000;
}
