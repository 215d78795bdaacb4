import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import {
  type SlackWorkspace,
  slackWorkspace,
  type WorkspaceOptions,
} from '../../../src/sandbox/slack/workspace.ts';

const clientOptions = (slack: SlackWorkspace) => ({
  slackApiUrl: slack.apiUrl,
  timeout: 5000,
  rejectRateLimitedCalls: true,
  retryConfig: { retries: 0 },
});

export interface Connected {
  readonly slack: SlackWorkspace;
  readonly app: App;
  stop(): Promise<void>;
}

/** The real Bolt in Socket Mode, connected to a fresh workspace and not told that it is not Slack. */
export async function overSocket(
  listen: (app: App) => void = () => undefined,
  options: WorkspaceOptions = {},
): Promise<Connected> {
  const slack = await slackWorkspace(options);
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    clientPingTimeout: 300,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: clientOptions(slack) },
  });
  const app = newApp(slack, receiver);
  listen(app);
  await app.init();
  await app.start();
  return {
    slack,
    app,
    stop: async () => {
      await receiver.client.disconnect();
      await slack.close();
    },
  };
}

/** The real Bolt behind signed HTTP requests. */
export async function overHttp(
  listen: (app: App) => void,
  options: WorkspaceOptions = {},
): Promise<Connected> {
  const slack = await slackWorkspace(options);
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const app = newApp(slack, receiver);
  listen(app);
  await app.init();
  const server = await receiver.start(0);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  slack.requestUrl(`http://127.0.0.1:${port}/slack/events`);
  return {
    slack,
    app,
    stop: async () => {
      await receiver.stop();
      await slack.close();
    },
  };
}

function newApp(slack: SlackWorkspace, receiver: SocketModeReceiver | HTTPReceiver): App {
  const app = new App({
    receiver,
    token: slack.botToken,
    deferInitialization: true,
    logLevel: LogLevel.ERROR,
    clientOptions: clientOptions(slack),
  });
  app.error(async () => undefined);
  return app;
}

export const section = (text: string) => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text },
});

export const button = (actionId: string, text: string, value = 'v') => ({
  type: 'button' as const,
  action_id: actionId,
  text: { type: 'plain_text' as const, text },
  value,
});

export const actions = (...elements: ReturnType<typeof button>[]) => ({ type: 'actions' as const, elements });
