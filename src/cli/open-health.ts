import { RedisRefusal, redisClient, whenReady } from '../adapters/redis/connect.ts';
import { redisHealth, refusedHealth } from '../adapters/redis/health.ts';
import type { Environment } from '../config/environment.ts';
import { readChat } from '../config/service-environment.ts';
import type { Variables } from '../config/variables.ts';
import type { ChatHealth } from '../ports/health.ts';
import { slackHealth } from '../slack/health.ts';
import { slackWeb } from '../slack/web.ts';
import type { OpenHealth } from './world.ts';

const readyWithinMs = 3_000;

/** What Vaultcheck stores in and talks through, to be asked about itself; null for what the environment does not name. */
export async function openHealth(environment: Environment, variables: Variables): Promise<OpenHealth> {
  const { redis: target } = environment;
  const client = target && redisClient(target, 'hasty', () => {});
  const unready = client && (await whenReady(client, target, readyWithinMs).catch((error: unknown) => error));
  const refused = unready instanceof RedisRefusal;
  return {
    store: client && (refused ? refusedHealth(unready) : redisHealth(client, target)),
    chat: chatOf(environment, variables),
    close: () => client?.disconnect(),
  };
}

function chatOf({ proxy }: Environment, variables: Variables): ChatHealth | null {
  const { botToken, appToken, apiUrl } = readChat(variables);
  if (botToken === null) return null;
  const common = { apiUrl, ...(proxy ? { proxy: { url: proxy.url.reveal(), except: proxy.noProxy } } : {}) };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const means = { telemetry: { slackCalled: () => {} }, log, now: Date.now };
  const calling = (token: string) => slackWeb({ ...common, botToken: token }, means);
  return slackHealth(calling(botToken.reveal()), appToken && calling(appToken.reveal()));
}
