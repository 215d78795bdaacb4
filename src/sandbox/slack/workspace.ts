import { randomBytes } from 'node:crypto';
import { slackDeliveries } from './delivery.ts';
import type { Engine, Shortcut, SlashCommand } from './engine.ts';
import { slackFaults } from './faults.ts';
import { type Hands, slackHands } from './hands.ts';
import { type PagePanel, pageFront } from './page-front.ts';
import { slackResponseUrls } from './response-urls.ts';
import type { Person } from './shapes.ts';
import { slackSocketMode } from './socket-mode.ts';
import { defaultScopes, newState } from './state.ts';
import { slackTriggers } from './triggers.ts';
import { listen, slackWeb, stopListening } from './web.ts';
import { slackLanes } from './web-api/lanes.ts';

export interface WorkspaceOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Milliseconds since 1970; default Date.now. Decides message ts and when triggers and response URLs expire. */
  readonly clock?: () => number;
  /** The slash commands of the manifest. None given: every command is handed to the app. */
  readonly commands?: readonly SlashCommand[];
  readonly shortcuts?: readonly Shortcut[];
  /** Whether the app has a home tab; default true. */
  readonly homeTab?: boolean;
  /** Lines that an empty conversation offers to try, such as `/vault check scanadmin`. */
  readonly suggestions?: readonly string[];
  /** Events the app subscribed to; default `app_home_opened`. */
  readonly events?: readonly string[];
  /** Granted scopes; default a least-privilege install without history. */
  readonly scopes?: readonly string[];
  /** Members of the workspace beside those of people.ts. */
  readonly people?: readonly Person[];
  /** How long the app has to acknowledge; default 3000, as in Slack. */
  readonly ackTimeoutMs?: number;
  /** How many messages a channel takes at once before one a second; default 30. */
  readonly messageBurst?: number;
  /** Signed HTTP to this address instead of Socket Mode. */
  readonly requestUrl?: string;
  /** Beside the page: the switches of the simulated world. */
  readonly panel?: PagePanel;
}

export interface SlackWorkspace extends Hands {
  /** The page. */
  readonly url: string;
  /** For `SLACK_API_URL`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** Tells open pages that the panel's switches or status changed. */
  panelChanged(): void;
  /** Ends every connection and timer. */
  close(): Promise<void>;
}

/**
 * Slack's side on this machine: Web API, Socket Mode or signed HTTP, response URLs, triggers, modals, Slack's
 * limits and error words, and a page in the browser. The real Bolt connects to it unchanged. Rejects where the
 * address cannot be listened on.
 */
export async function slackWorkspace(options: WorkspaceOptions = {}): Promise<SlackWorkspace> {
  const host = options.host ?? '127.0.0.1';
  const address = { url: '' };
  const signingSecret = randomBytes(16).toString('hex');
  const engine = newEngine(options, signingSecret, () => address.url);
  const front = pageFront(engine, options.panel);
  const lanes = slackLanes(engine.state.clock, options.messageBurst ?? 30);
  const server = slackWeb(engine, lanes, front.answer);
  const port = await listen(server, { host, port: options.port ?? 0 });
  address.url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    ...slackHands(engine),
    url: `${address.url}/`,
    apiUrl: `${address.url}/api/`,
    botToken: engine.botToken,
    appToken: engine.appToken,
    signingSecret,
    panelChanged: front.panelChanged,
    close: async () => {
      front.close();
      engine.deliveries.close();
      engine.socket.close();
      await stopListening(server);
    },
  };
}

function newEngine(options: WorkspaceOptions, signingSecret: string, url: () => string): Engine {
  const state = newState(options.clock ?? Date.now, options.scopes ?? defaultScopes, options.people);
  const socket = slackSocketMode(() => state.changed());
  const deliveries = slackDeliveries(state, socket, {
    signingSecret,
    ackTimeoutMs: options.ackTimeoutMs ?? 3000,
  });
  if (options.requestUrl) deliveries.requestUrl(options.requestUrl);
  return {
    state,
    socket,
    deliveries,
    faults: slackFaults(),
    triggers: slackTriggers(state),
    responseUrls: slackResponseUrls(state),
    commands: options.commands ?? [],
    shortcuts: options.shortcuts ?? [],
    homeTab: options.homeTab ?? true,
    suggestions: options.suggestions ?? [],
    events: new Set(options.events ?? ['app_home_opened']),
    botToken: `xoxb-local-${randomBytes(12).toString('hex')}`,
    appToken: `xapp-local-${randomBytes(12).toString('hex')}`,
    url,
  };
}
