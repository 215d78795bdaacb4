import { eachUser } from './each-account.ts';
import type { ScanUserGroups, ScanUsers, VaultGroup, VaultUser } from './evidence/account.ts';
import type {
  EventSubscription,
  EventSubscriptions,
  InboxRules,
  Recipient,
  SubscribedEvent,
  SyslogForwarding,
} from './evidence/alerts.ts';
import { ofAccount } from './scan-account.ts';
import type { Context } from './settings.ts';
import { gapsOf, ifKnown, knownOf, type Told } from './told.ts';
import {
  type Fact,
  fact,
  fail,
  type Judgement,
  pass,
  skipped,
  uniqueGaps,
  unknown,
  warn,
} from './verdict.ts';

/** Evidence that both ways of being told of a lockout are judged from. */
export const coverageKeys = [
  'eventSubscriptions',
  'inboxRules',
  'scanUsers',
  'scanUserGroups',
  'syslogForwarding',
] as const;
type Key = (typeof coverageKeys)[number];

export type Coverage = {
  eventSubscriptions: Told<EventSubscriptions>;
  inboxRules: Told<InboxRules>;
  scanUsers: Told<ScanUsers>;
  scanUserGroups: Told<ScanUserGroups>;
  syslogForwarding: Told<SyslogForwarding>;
};

/**
 * With `either` one way suffices: when the other way passes, whatever this one is becomes skipped. Both rows judge both
 * ways from the same evidence, so they agree.
 */
export function unlessCovered(
  own: Judgement<Key>,
  other: { id: string; judgement: Judgement<Key> },
  { settings }: Context,
): Judgement<Key> {
  const covered =
    settings.expectEvents === 'either' && own.verdict !== 'pass' && other.judgement.verdict === 'pass';
  return covered ? skipped(`Covered by ${other.id}: one way suffices (expectEvents: either).`) : own;
}

/** Whether events go to a SIEM by syslog. */
export function forwarding({ syslogForwarding: told }: Coverage): Judgement<Key> {
  if ('gap' in told) return unknown([told.gap]);
  const syslog = told.known;
  const at = (text: string) => [fact<Key>('syslogForwarding', text)];
  if (!syslog?.enabled) return fail('Syslog/CEF logging is off.', at('Syslog/CEF logging is off'));
  if (syslog.server === null)
    return fail('Syslog/CEF logging has no server.', at('Syslog/CEF logging is on without a server'));
  const where = `${syslog.server}${syslog.port === null ? '' : `:${syslog.port}`}`;
  if (syslog.protocol === null)
    return unknown([protocolUntold], at(`Events go to ${where}; by which protocol is not told`));
  const text = `Events go to ${where} by ${syslog.protocol}`;
  if (!/^udp$/i.test(syslog.protocol)) return pass(fact('syslogForwarding', text));
  return warn(
    `${text}: what is lost on the way nobody notices.`,
    at(text),
    'Choose Secure TCP or TCP for Syslog/CEF (Administration > Configuration > General).',
  );
}

const protocolUntold = {
  source: 'secret-server',
  cause: 'absent',
  detail: 'Secret Server does not tell by which protocol events are sent, so plain UDP cannot be ruled out.',
} as const;

/** Whether a subscription tells somebody, by e-mail, of each account's lockout and failed logins. */
export function subscribed(known: Coverage): Judgement<Key> {
  const { eventSubscriptions: told, scanUsers } = known;
  if ('gap' in told) return unknown([told.gap]);
  if ('gap' in scanUsers) return unknown([scanUsers.gap]);
  const all = told.known ?? [];
  return eachUser<Key>(scanUsers.known, (user, { account, label }) => {
    const groups = ofAccount(known.scanUserGroups, account);
    const covering = (event: SubscribedEvent['event']) =>
      all.filter((one) => covers(one, event, user, groups));
    const [lockouts, failures] = [covering('lockout'), covering('login-failure')];
    const [gap, ...more] = mayHide(all) ? gapsOf([groups]) : [];
    if (gap && (lockouts.length === 0 || failures.length === 0)) return unknown(uniqueGaps([gap, ...more]));
    return covered(label, { lockouts, failures }, known.inboxRules);
  });
}

type Covering = { lockouts: EventSubscription[]; failures: EventSubscription[] };

function covered(label: string, { lockouts, failures }: Covering, rules: Told<InboxRules>): Judgement<Key> {
  const names = [...new Set([...lockouts, ...failures].map((one) => `“${one.name}”`))];
  const none = `No active event subscription covers the lockout or the failed logins of ${label}`;
  if (names.length === 0) return fail(`${none}.`, [fact('eventSubscriptions', none)]);
  const seen = fact<Key>('eventSubscriptions', `${names.join(', ')} tells of ${label}`);
  if (lockouts.length === 0 || failures.length === 0) {
    const [has, lacks] = lockouts.length > 0 ? ['lockout', 'failed logins'] : ['failed logins', 'lockout'];
    return warn(`Only the ${has} of ${label} is subscribed, not its ${lacks}.`, [seen]);
  }
  return reached(label, { lockouts, failures }, [seen, delivery([...lockouts, ...failures], rules)]);
}

/** Each of the two events must reach somebody, perhaps by different subscriptions. */
function reached(
  label: string,
  { lockouts, failures }: Covering,
  facts: [Fact<Key>, Fact<Key>],
): Judgement<Key> {
  const mute = [lockouts, failures].filter((list) => !list.some((one) => peopleIn(one).some(canRead)));
  if (mute.length === 0) return pass(...facts);
  const [gap, ...more] = gapsOf(mute.flat().flatMap((one) => one.subscribers.map(({ people }) => people)));
  if (gap) return unknown(uniqueGaps([gap, ...more]), facts);
  const text = `No subscriber for ${label} is enabled and has an e-mail address`;
  return warn(
    `${text}.`,
    facts,
    'Add a subscriber with an e-mail address (Administration > Event Subscriptions).',
  );
}

function covers(
  { events }: EventSubscription,
  event: SubscribedEvent['event'],
  user: VaultUser,
  groups: Told<readonly VaultGroup[]>,
): boolean {
  const ids = [...(ifKnown(groups) ?? []).map(({ id }) => id), user.personalGroupId];
  return events.some(
    (one) =>
      one.event === event &&
      (one.condition === 'all' ||
        (one.condition === 'user' && one.itemId === user.id) ||
        (one.condition === 'group' && one.itemId !== null && ids.includes(one.itemId))),
  );
}

function mayHide(all: readonly EventSubscription[]): boolean {
  return all.some(({ events }) => events.some((one) => one.condition === 'group'));
}

function peopleIn({ subscribers }: EventSubscription): Recipient[] {
  return knownOf(subscribers.map((one) => one.people)).flat();
}

function canRead({ enabled, hasEmail }: Recipient): boolean {
  return enabled && hasEmail;
}

/** How a rule names its subscription is on no record: its name among the rule's conditions is taken for it. */
function delivery(subscriptions: readonly EventSubscription[], told: Told<InboxRules>): Fact<Key> {
  const rules = ('known' in told && told.known) || [];
  const names = subscriptions.map(({ name }) => name.toLowerCase());
  const rule = rules.find(
    ({ sendsEmail, about }) => sendsEmail && about.some((text) => names.includes(text.toLowerCase())),
  );
  return rule
    ? fact('inboxRules', `The inbox rule “${rule.name}” sends it by e-mail`)
    : fact('inboxRules', 'Delivery is not proven: no inbox rule that sends e-mail could be linked to it');
}
