import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './process.ts';

/** An rsyslogd of ours: one TCP port, every line into one file. */
export type Rsyslog = { port: number; stored(): Promise<number>; close(): Promise<void> };

/** Where `rsyslogd` is; null where there is none. It stands in folders that not every PATH has. */
export function rsyslogProgram(): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, 'rsyslogd')).find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export async function rsyslog(program: string): Promise<Rsyslog> {
  const [folder, port] = [await mkdtemp(join(tmpdir(), 'vc-')), await freePort()];
  const file = join(folder, 'lines.log');
  const lines = [
    `global(workDirectory="${folder}" maxMessageSize="64k")`,
    'module(load="imtcp")',
    'template(name="whole" type="string" string="%rawmsg%\\n")',
    `input(type="imtcp" port="${port}" address="127.0.0.1" ruleset="all")`,
    `ruleset(name="all") { action(type="omfile" file="${file}" template="whole" asyncWriting="on" ioBufferSize="64k") }`,
  ];
  await writeFile(join(folder, 'rsyslog.conf'), `${lines.join('\n')}\n`);
  const words = ['-n', '-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'pid')];
  const child = spawn(program, words, { stdio: ['ignore', 2, 2] });
  await accepts(port);
  return {
    port,
    stored: () => linesOf(file),
    async close() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function accepts(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (open) return;
    await wait(100);
  }
  throw new Error('rsyslogd does not listen.');
}

async function linesOf(file: string): Promise<number> {
  let count = 0;
  const stream = createReadStream(file, { highWaterMark: 1 << 20 });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>)
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count += 1;
  } catch {
    return 0;
  }
  return count;
}
