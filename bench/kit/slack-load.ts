import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

type Load = { port: number; signingSecret: string; text: string; perSecond: number; forMs: number };

const agent = new Agent({ keepAlive: true });

/** Sends slash commands at a fixed rate, whatever becomes of earlier ones; how long each took to be acknowledged. */
export async function slashLoad({ perSecond, forMs, ...load }: Load): Promise<number[]> {
  const count = Math.round((perSecond * forMs) / 1000);
  const from = performance.now();
  const sent: Promise<number>[] = [];
  for (let at = 0; at < count; at += 1) {
    const waitMs = from + (at * 1000) / perSecond - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    sent.push(slash(load));
  }
  return Promise.all(sent);
}

/** Source: docs.slack.dev/authentication/verifying-requests-from-slack. */
export function slash({
  port,
  signingSecret,
  text,
}: Pick<Load, 'port' | 'signingSecret' | 'text'>): Promise<number> {
  const body = new URLSearchParams({
    command: '/vault',
    text,
    user_id: 'U0ANA',
    user_name: 'ana',
    team_id: 'T0VAULT',
    channel_id: 'C0GENERAL',
    channel_name: 'general',
    trigger_id: randomUUID(),
    response_url: `http://127.0.0.1:${port}/nobody`,
    api_app_id: 'A0',
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${mac}`,
  };
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path: '/slack/events', method: 'POST', headers, agent },
      (incoming) => {
        incoming.resume();
        incoming.on('end', () => {
          if (incoming.statusCode === 200) resolve(performance.now() - from);
          else reject(new Error(`A command was answered with ${incoming.statusCode}.`));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
