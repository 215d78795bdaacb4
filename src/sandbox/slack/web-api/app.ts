import type { Engine } from '../engine.ts';
import { bot, team } from '../people.ts';
import type { Json } from '../shapes.ts';
import type { Methods } from './method.ts';

export const appMethods: Methods = {
  'api.test': { token: 'none', run: (_engine, args) => ({ args }) },
  'auth.test': { run: authTest },
  'apps.connections.open': { token: 'app', run: connect },
};

function authTest(): Json {
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    team_id: team.id,
    user: 'vaultcheck',
    user_id: bot.userId,
    bot_id: bot.botId,
    app_id: bot.appId,
    is_enterprise_install: false,
  };
}

function connect(engine: Engine): Json {
  return { url: `${engine.url().replace('http:', 'ws:')}${engine.socket.ticket()}` };
}
