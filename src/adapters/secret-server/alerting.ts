import type { Recipient } from '../../domain/evidence/alerts.ts';
import type { Subscriber, Vault } from '../../ports/vault.ts';
import type { Ask } from './ask.ts';
import { vaultGap } from './gaps.ts';
import { firstPageOf, rowsOf } from './paging.ts';
import { InboxRuleDetail, InboxRuleRow, Mailbox, Subscription, SubscriptionRow } from './schemas/alerting.ts';
import { Membership } from './schemas/groups.ts';

type Alerting = Pick<Vault, 'eventSubscriptions' | 'peopleOf' | 'inboxRules'>;

/** Each subscription and each rule is a question of its own. */
const mostDetails = 100;

export function alerting(ask: Ask): Alerting {
  return {
    async eventSubscriptions() {
      const path = '/api/v1/event-subscriptions';
      const rows = (await rowsOf(ask, { path, row: SubscriptionRow })).filter(({ active }) => active);
      const ids = atMost(rows, 'event subscriptions').map((one) => one.eventSubscriptionId);
      return Promise.all(ids.map((id) => ask.one(`${path}/${id}`, Subscription)));
    },
    peopleOf: (subscriber) =>
      ask.once(`people ${subscriber.groupId}`, () =>
        subscriber.isGroup ? membersOf(ask, subscriber.groupId) : personOf(ask, subscriber),
      ),
    async inboxRules() {
      const path = '/api/v1/inbox-rules';
      const rows = (await rowsOf(ask, { path, row: InboxRuleRow })).filter(({ active }) => active);
      const ids = atMost(rows, 'inbox rules').map((one) => one.inboxRuleId);
      return Promise.all(ids.map((id) => ask.one(`${path}/${id}`, InboxRuleDetail)));
    },
  };
}

/** The list of users tells most addresses in one question; who is beyond its first page is asked for by id. */
async function membersOf(ask: Ask, groupId: number): Promise<Recipient[]> {
  const [members, { rows: listed }] = await Promise.all([
    rowsOf(ask, { path: `/api/v1/groups/${groupId}/users`, row: Membership }),
    ask.once('mailboxes', () => firstPageOf(ask, { path: '/api/v1/users', row: Mailbox })),
  ]);
  const known = members.flatMap(({ userId }) => listed.find(({ id }) => id === userId) ?? []);
  const unlisted = members.filter(({ userId }) => !listed.some(({ id }) => id === userId));
  // One that e-mail reaches is enough to know.
  if (unlisted.length === 0 || known.some((one) => one.enabled && one.hasEmail)) return known.map(recipient);
  const asked = unlisted
    .slice(0, mostDetails)
    .map(({ userId }) => ask.one(`/api/v1/users/${userId}`, Mailbox, { includeInactive: 'true' }));
  return [...known, ...(await Promise.all(asked))].map(recipient);
}

/** A personal group tells no members: it bears the display name of its user. */
async function personOf(ask: Ask, { name }: Subscriber): Promise<Recipient[]> {
  const query = { 'filter.searchText': name, 'filter.includeInactive': 'true' };
  const found = await rowsOf(ask, { path: '/api/v1/users', row: Mailbox, query });
  return found.filter((one) => one.name.toLowerCase() === name.toLowerCase()).map(recipient);
}

function recipient({ name, enabled, hasEmail }: Recipient): Recipient {
  return { name, enabled, hasEmail };
}

function atMost<T>(rows: T[], what: string): T[] {
  if (rows.length <= mostDetails) return rows;
  throw vaultGap('truncated', `Secret Server has more than ${mostDetails} active ${what}: not all are read`);
}
