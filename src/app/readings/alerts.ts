import type { SubscribedEvent } from '../../domain/evidence/alerts.ts';
import { GapError } from '../../domain/gap.ts';
import type { Settings } from '../../domain/settings.ts';
import type { EventSubscriptionRead } from '../../ports/vault.ts';
import type { BatchDoor, Readings } from '../reading.ts';
import { toldOf } from '../told.ts';
import { untold } from './configuration.ts';

/** Whether anybody is told of a lockout. A way that is not expected is not asked about. */
export const alertReadings = {
  eventSubscriptions: {
    source: 'secret-server',
    scope: 'batch',
    what: 'the event subscriptions',
    async read(from) {
      if (!expectsEmail(from.settings)) return null;
      const all = await from.vault.eventSubscriptions();
      return Promise.all(
        all.filter(({ events }) => events.some(isOfLogins)).map((one) => withPeople(from, one)),
      );
    },
  },
  inboxRules: {
    source: 'secret-server',
    scope: 'batch',
    what: 'the rules of the inbox',
    read: async ({ settings, vault }) => (expectsEmail(settings) ? vault.inboxRules() : null),
  },
  syslogForwarding: {
    source: 'secret-server',
    scope: 'batch',
    what: 'the syslog settings',
    async read({ settings, vault }) {
      if (settings.expectEvents === 'email' || settings.expectEvents === 'none') return null;
      const { syslog } = await vault.configuration();
      if (!syslog) throw untold('"Enable Syslog/CEF Logging"');
      const { enabled, server, port, protocol } = syslog;
      return { enabled, server, port, protocol };
    },
  },
  lastEvent: {
    source: 'vaultcheck',
    scope: 'batch',
    what: 'the journal of events',
    async read({ settings, journal }) {
      if (!journal) return null;
      const entry = await journal.lastEvent(settings.integration).catch(() => {
        throw new GapError(journalUnread);
      });
      return { event: entry && { at: entry.seenAt, kind: entry.event } };
    },
  },
} as const satisfies Partial<Readings>;

const journalUnread = {
  source: 'vaultcheck',
  cause: 'unreachable',
  detail: 'Redis did not answer, so the journal of events was not read.',
} as const;

function expectsEmail({ expectEvents }: Settings): boolean {
  return expectEvents === 'email' || expectEvents === 'either';
}

function isOfLogins({ event }: SubscribedEvent): boolean {
  return event !== 'other';
}

async function withPeople({ vault }: BatchDoor, { name, events, subscribers }: EventSubscriptionRead) {
  const asked = subscribers.map(async (one) => ({
    name: one.name,
    people: await toldOf(vault.peopleOf(one)),
  }));
  return { name, events, subscribers: await Promise.all(asked) };
}
