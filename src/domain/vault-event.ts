import type { Instant } from './instant.ts';
import type { Account } from './settings.ts';

/** What happened in Secret Server, in our words. `other` is an event that no rule of ours judges. */
export type VaultAction =
  | 'account-locked'
  | 'account-unlocked'
  | 'account-created'
  | 'account-enabled'
  | 'account-disabled'
  | 'account-edited'
  | 'account-membership-changed'
  | 'two-factor-changed'
  | 'login'
  | 'login-failed'
  | 'login-unknown-user'
  | 'logout'
  | 'password-changed'
  | 'secret-created'
  | 'secret-viewed'
  | 'secret-edited'
  | 'secret-renamed'
  | 'secret-moved'
  | 'secret-permissions-changed'
  | 'secret-deleted'
  | 'secret-restored'
  | 'secret-password-changed'
  | 'secret-password-change-failed'
  | 'secret-checked-out'
  | 'secret-checked-in'
  | 'secret-access-approved'
  | 'secret-access-denied'
  | 'secret-expiring'
  | 'heartbeat-failed'
  | 'heartbeat-succeeded'
  | 'target-login-failed'
  | 'folder-changed'
  | 'role-changed'
  | 'address-restriction-changed'
  | 'configuration-edited'
  | 'engine-offline'
  | 'engine-online'
  | 'node-started'
  | 'system-log'
  | 'other';

/** One setting that an edit changed: `IsLockedOut: false to true`. */
export type SettingChange = { readonly setting: string; readonly from: string; readonly to: string };

/** Where `at` comes from: the event's own time, the sender's header (up to 30 s later), or our clock. */
export type TimeSource = 'event' | 'header' | 'received';

/** The secret that an event is about; old versions send no id. */
export type EventSecret = {
  readonly id: number | null;
  readonly name: string;
  readonly folder: string | null;
};

/**
 * One event as Secret Server told it. It is a claim, not evidence: anybody can forge UDP, and names in it were
 * typed by people.
 */
export type VaultEvent = {
  readonly action: VaultAction;
  /** When it happened, and how that is known. */
  readonly at: Instant;
  readonly timeSource: TimeSource;
  /** Secret Server's own number of the kind of event (`18`) and its name (`USER - LOGINFAILURE`). */
  readonly id: string;
  readonly name: string;
  /** The version of the sender. */
  readonly version: string;
  /** The node or engine that sent it, as it calls itself. Old versions leave it out. */
  readonly host: string | null;
  /** The account that was acted upon: who is locked, logs in, fails to. Only on events about accounts. */
  readonly account: Account | null;
  /** Who acted. `ThycoticSystem` is Secret Server itself. */
  readonly actor: Account | null;
  readonly secret: EventSecret | null;
  /** The client's address, canonical. Behind a load balancer it may be the balancer's. */
  readonly address: string | null;
  /** Why, as Secret Server says: `AuthenticationFailed`, `UserIsLockedOut`, `InvalidIpAddress`, free text. */
  readonly reason: string | null;
  /** What an edit changed, in the order sent. */
  readonly changes: readonly SettingChange[];
  /** The whole text of the event. Typed by people in part: escape it before showing it. */
  readonly message: string;
  /** Fields that have no place above, as sent. */
  readonly extra: Readonly<Record<string, string>>;
};

/** A service of Secret Server that the scanner depends on, switched by an edit of the configuration. */
export type ServiceSwitch = { readonly service: 'web-services' | 'force-https'; readonly on: boolean };

/**
 * Which of the services an edit of the configuration switched. The vendor names these settings nowhere, so any
 * setting that speaks of web services or of forcing HTTPS counts; what is demanded for web services, such as two-factor,
 * switches nothing.
 */
export function serviceSwitches(event: VaultEvent): ServiceSwitch[] {
  if (event.action !== 'configuration-edited') return [];
  return event.changes.flatMap(({ setting, to }) => {
    const service = serviceOf(setting.replaceAll(/[\s_-]/g, '').toLowerCase());
    return service ? [{ service, on: /^(true|yes|on|enabled|1)$/i.test(to) }] : [];
  });
}

function serviceOf(setting: string): ServiceSwitch['service'] | undefined {
  if (/(?<!for)webservices?(enabled)?$/.test(setting)) return 'web-services';
  if (/(force|require)(https|ssl)/.test(setting)) return 'force-https';
  return undefined;
}
