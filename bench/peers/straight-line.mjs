import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** The shortest way from a line to a message: a socket, a pattern, a post. No queue, no state, nothing survives. */
const { SLACK_API_URL = '', SLACK_BOT_TOKEN = '', PORT = '0' } = process.env;

createServer((socket) => {
  socket.on('error', () => socket.destroy());
  createInterface({ input: socket }).on('line', (line) => {
    const user = / duser=(.*?)(?: \w+=|$)/.exec(line)?.[1] ?? / fname=(.*?)(?: \w+=|$)/.exec(line)?.[1];
    if (!line.includes('|USER - ') || user === undefined) return;
    post(`${user} is locked out`).catch((error) => process.stderr.write(`${error}\n`));
  });
}).listen(Number(PORT), '127.0.0.1', () => process.stderr.write('ready 1\n'));

async function post(text) {
  const answer = await fetch(new URL('chat.postMessage', SLACK_API_URL), {
    method: 'POST',
    headers: { authorization: `Bearer ${SLACK_BOT_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: 'C0ALERTS', text }),
  });
  await answer.json();
}
