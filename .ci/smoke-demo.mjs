// Starts a demo, waits for its address, asks for the page, and stops it with SIGTERM. Usage: smoke-demo.mjs COMMAND…
import { spawn } from 'node:child_process';

const [command, ...rest] = process.argv.slice(2);
const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
let said = '';
const patienceMs = 40_000;
const startedAt = performance.now();

const address = new Promise((resolve, reject) => {
  const look = (chunk) => {
    said += chunk;
    const url = /http:\/\/[\w.]+:\d+\S*/.exec(said);
    if (url) resolve(url[0]);
  };
  child.stdout.on('data', look);
  child.stderr.on('data', look);
  child.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
  setTimeout(() => reject(new Error('the demo printed no address')), patienceMs).unref();
});

try {
  const url = await address;
  const usableMs = Math.round(performance.now() - startedAt);
  const answer = await fetch(url);
  const page = await answer.text();
  if (!answer.ok || !/<title>[^<]*<\/title>/.test(page))
    throw new Error(`the page answered ${answer.status}`);
  console.log(`demo usable after ${usableMs} ms, its page answers ${answer.status}`);
} catch (error) {
  console.error(`${error.message}\n${said.slice(-3000)}`);
  process.exitCode = 1;
} finally {
  const ended = child.exitCode !== null || new Promise((resolve) => child.once('exit', resolve));
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch {
    // Gone already.
  }
  setTimeout(() => process.exit(1), 25_000).unref();
  await ended;
}
