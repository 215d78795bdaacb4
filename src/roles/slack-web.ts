import type { ServiceConfig } from '../config/load.ts';
import { ConfigError } from '../config/problems.ts';
import type { WebConfig } from '../slack/options.ts';

/** How this process reaches Slack. */
export function slackWebConfig({ service, environment, file }: ServiceConfig): WebConfig {
  const { botToken, apiUrl } = service.slack;
  if (botToken === null)
    throw new ConfigError(file, [{ where: 'SLACK_BOT_TOKEN', line: null, text: 'is not set' }]);
  const { proxy } = environment;
  return {
    botToken: botToken.reveal(),
    apiUrl,
    ...(proxy ? { proxy: { url: proxy.url.reveal(), except: proxy.noProxy } } : {}),
  };
}
