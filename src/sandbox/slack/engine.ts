import type { Deliveries } from './delivery.ts';
import type { Faults } from './faults.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { SocketMode } from './socket-mode.ts';
import type { State } from './state.ts';
import type { Triggers } from './triggers.ts';

/** A slash command as the app's manifest declares it. `shouldEscape` turns @ana into <@U0ANA|ana>. */
export interface SlashCommand {
  readonly command: string;
  readonly description: string;
  readonly usageHint?: string;
  readonly shouldEscape?: boolean;
}

/** A shortcut of the manifest: `message` ones stand in a message's menu, `global` ones in the composer. */
export interface Shortcut {
  readonly type: 'message' | 'global';
  readonly name: string;
  readonly callbackId: string;
}

/** The parts of a workspace, handed to each act and each Web API method. */
export interface Engine {
  readonly state: State;
  readonly faults: Faults;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly socket: SocketMode;
  readonly deliveries: Deliveries;
  readonly commands: readonly SlashCommand[];
  readonly shortcuts: readonly Shortcut[];
  readonly homeTab: boolean;
  readonly suggestions: readonly string[];
  /** Event types that the app subscribed to. */
  readonly events: ReadonlySet<string>;
  readonly botToken: string;
  readonly appToken: string;
  /** http://host:port, known once the server listens. */
  url(): string;
}
