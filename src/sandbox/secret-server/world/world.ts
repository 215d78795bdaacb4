import type { AddressRestriction, Domain, Group, Role, User } from './accounts.ts';
import type { EventSubscription, InboxRule } from './alerting.ts';
import type { Folder, Secret } from './secrets.ts';
import { defaultSettings, type Settings } from './settings.ts';
import type { ConfigurationAudit, FolderAudit, SecretAudit, UserAudit, WorldEvent } from './trail.ts';

/**
 * Everything that the simulated Secret Server knows. A plain object: a test may change any field by hand (nothing is
 * then written down), or let something happen through `logins.ts`, `views.ts` and `people.ts` (which writes the rows).
 */
export type World = {
  /** The server's clock, epoch milliseconds. */
  now: () => number;
  /** Where requests over the wire seem to come from. */
  clientAddress: string;
  /** Part of every password, field value and token: must turn up nowhere outside. */
  canary: string;
  settings: Settings;
  domains: Domain[];
  users: User[];
  groups: Group[];
  roles: Role[];
  restrictions: AddressRestriction[];
  folders: Folder[];
  secrets: Secret[];
  subscriptions: EventSubscription[];
  inboxRules: InboxRule[];
  secretAudits: SecretAudit[];
  userAudits: UserAudit[];
  configurationAudits: ConfigurationAudit[];
  folderAudits: FolderAudit[];
  listeners: Set<(event: WorldEvent) => void>;
  lastId: number;
};

export type WorldOptions = { now?: () => number; canary?: string; clientAddress?: string };

/** A server that nobody has set up yet. */
export function emptyWorld(options: WorldOptions = {}): World {
  return {
    now: options.now ?? Date.now,
    clientAddress: options.clientAddress ?? '10.20.0.9',
    canary: options.canary ?? 'canary-7f3e',
    settings: defaultSettings(),
    domains: [],
    users: [],
    groups: [],
    roles: [],
    restrictions: [],
    folders: [],
    secrets: [],
    subscriptions: [],
    inboxRules: [],
    secretAudits: [],
    userAudits: [],
    configurationAudits: [],
    folderAudits: [],
    listeners: new Set(),
    lastId: 1000,
  };
}

export function nextId(world: World): number {
  world.lastId += 1;
  return world.lastId;
}

/** Tells the listener of everything that would be sent as an event. Returns how to stop listening. */
export function onEvent(world: World, listener: (event: WorldEvent) => void): () => void {
  world.listeners.add(listener);
  return () => world.listeners.delete(listener);
}
