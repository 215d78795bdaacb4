import { parseAccountName } from '../../domain/account-name.ts';
import { canonicalAddress } from '../../domain/addresses.ts';
import type { Account } from '../../domain/settings.ts';
import type { EventSecret, SettingChange, VaultAction, VaultEvent } from '../../domain/vault-event.ts';
import type { CefMessage } from './cef.ts';
import { actionOf, actionOfWords } from './event-actions.ts';
import { type EventMessage, eventMessage, settingChanges } from './event-message.ts';
import { eventTime, type TimeContext } from './event-time.ts';
import { refinedAction, unknownUser } from './refine.ts';
import type { SyslogHeader } from './syslog-header.ts';

/** Fields that have a place of their own in an event. All others are kept in `extra`. */
const placed = new Set(
  'msg suid suser duid duser cs1Label cs2Label cs3 cs3Label cs4 cs4Label src rt fname fileType fileId'.split(
    ' ',
  ),
);

const none: readonly SettingChange[] = [];

/**
 * Whether a CEF message is Secret Server's. Its sister product reuses some of the same ids for other events, so
 * the product counts as much as the vendor.
 */
export function isSecretServer({ vendor, product }: CefMessage): boolean {
  return /^(thycotic|delinea)\b/i.test(vendor) && /^secret server\b/i.test(product);
}

/** A CEF message of Secret Server in our words. Never fails: what cannot be read is left out. */
export function classify(cef: CefMessage, header: SyslogHeader, context: TimeContext): VaultEvent {
  const { fields } = cef;
  const text = fields.get('msg') ?? '';
  const message = eventMessage(text, { user: fields.get('suser'), item: fields.get('fname') });
  const changes = message.action === undefined ? none : settingChanges(message.details);
  const action = refinedAction(baseAction(cef, message), message.details, changes);
  const { at, timeSource } = eventTime(fields.get('rt'), header.time, context);
  const address = sourceAddress(fields.get('src'));
  return {
    action,
    at,
    timeSource,
    id: cef.id,
    name: cef.name,
    version: cef.version,
    host: header.host,
    account: aboutAccount(action, fields, message),
    actor: named(fields.get('suser') ?? message.user),
    secret: secretOf(fields, message),
    address,
    reason: message.details || null,
    changes,
    message: text,
    extra: extra(fields, address === null),
  };
}

/** A System Log line may carry an event's text: then its words say what it is. */
function baseAction({ id, name }: CefMessage, { type, action }: EventMessage): VaultAction {
  const known = actionOf(id, name);
  if (known !== 'system-log' && known !== 'other') return known;
  if (type === undefined || action === undefined) return known;
  const spoken = actionOfWords(type, action);
  return spoken === 'other' ? known : spoken;
}

const aboutAccounts: ReadonlySet<VaultAction> = new Set<VaultAction>([
  'account-locked',
  'account-unlocked',
  'account-created',
  'account-enabled',
  'account-disabled',
  'account-edited',
  'account-membership-changed',
  'two-factor-changed',
  'login',
  'login-failed',
  'logout',
  'password-changed',
]);

/** Whose account an event is about. `duser` names it, and the item does where `duser` is missing. */
function aboutAccount(
  action: VaultAction,
  fields: ReadonlyMap<string, string>,
  message: EventMessage,
): Account | null {
  if (action === 'login-unknown-user') return named(unknownUser(message.details));
  if (!aboutAccounts.has(action)) return null;
  return named(fields.get('duser') || fields.get('fname') || message.item || fields.get('suser'));
}

function named(text: string | undefined): Account | null {
  const account = text ? parseAccountName(text) : undefined;
  return account?.username ? account : null;
}

/** Old versions send neither `fileType` nor an id on every event: the type in the text decides then. */
function secretOf(fields: ReadonlyMap<string, string>, message: EventMessage): EventSecret | null {
  const type = fields.get('fileType') ?? message.type;
  const name = fields.get('fname') ?? message.item;
  if (type !== 'Secret' || !name) return null;
  const id = Number(fields.get('fileId') || (message.itemId ?? Number.NaN));
  return {
    id: Number.isSafeInteger(id) ? id : null,
    name,
    folder: fields.get('cs3') ?? message.container ?? null,
  };
}

const fourAndPort = /^(\d[\d.]+):\d{1,5}$/;
const sixAndPort = /^\[([^\]]+)\](?::\d{1,5})?$/;

/** Some collectors write `ip:port`. What is no address is left out here and stays in `extra`. */
function sourceAddress(src: string | undefined): string | null {
  if (!src) return null;
  const withPort = src.includes(':') ? (fourAndPort.exec(src) ?? sixAndPort.exec(src)) : null;
  return canonicalAddress(withPort?.[1] ?? src) ?? null;
}

const nothing: Readonly<Record<string, string>> = Object.freeze({});

function extra(fields: ReadonlyMap<string, string>, keepSource: boolean): Readonly<Record<string, string>> {
  let left: Record<string, string> | undefined;
  for (const [key, value] of fields) {
    if (placed.has(key) && !(keepSource && key === 'src')) continue;
    // Without a prototype, because a sender may name a field `__proto__`.
    left ??= Object.create(null) as Record<string, string>;
    left[key] = value;
  }
  return left ?? nothing;
}
