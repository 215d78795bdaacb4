import { ok } from '../replies.ts';
import { paged } from './paging.ts';
import { type Answer, type Route, withSecret } from './route.ts';
import { accessOptions, secretAudit, secretState, secretSummary } from './secret-records.ts';
import { searchSecrets, secretFilter } from './secret-search.ts';

const search: Answer = (ask) =>
  paged(
    ask,
    searchSecrets(ask).map((secret) => secretSummary(ask, secret)),
    secretFilter,
  );

const lookup: Answer = (ask) =>
  paged(
    ask,
    searchSecrets(ask).map(({ id, folderId, templateId, name }) => ({
      id,
      value: `${folderId} - ${templateId} - ${name}`,
    })),
    secretFilter,
  );

const audits = withSecret('List', (ask, { id }) => {
  const withLog = ask.query.get('filter.includePasswordChangeLog')?.toLowerCase() === 'true';
  const rows = ask.world.secretAudits
    .filter((audit) => audit.secretId === id && (withLog || !audit.isPasswordChangeLog))
    .map((audit) => secretAudit(ask, audit));
  return paged(ask, rows, ['includePasswordChangeLog']);
});

const needs = ['View Secret'];

/** Searching and reading audits is for who may List; the rest needs View. Nothing here reveals a field. */
export const secretRoutes: Route[] = [
  { path: '/v2/secrets', needs, generations: ['11.2', '2026'], answer: search },
  { path: '/v1/secrets', needs, answer: search },
  {
    path: '/v2/secrets/search-total',
    needs,
    generations: ['11.2', '2026'],
    answer: (ask) => ok(searchSecrets(ask).length),
  },
  { path: '/v1/secrets/lookup', needs, answer: lookup },
  {
    path: '/v1/secrets/lookup/{id}',
    needs,
    answer: withSecret('List', (_, { id, folderId, templateId, name }) =>
      ok({ id, value: `${folderId} - ${templateId} - ${name}` }),
    ),
  },
  {
    path: '/v1/secrets/{id}/summary',
    needs,
    answer: withSecret('View', (ask, secret) => ok(secretSummary(ask, secret))),
  },
  {
    path: '/v1/secrets/{id}/state',
    needs,
    answer: withSecret('View', (ask, secret) => ok(secretState(ask, secret))),
  },
  { path: '/v1/secrets/{id}/audits', needs: ['View Secret', 'View Secret Audit'], answer: audits },
  {
    path: '/v1/secret-access-requests/secrets/{id}/options',
    needs,
    answer: withSecret('View', (ask, secret) => ok(accessOptions(ask, secret))),
  },
  {
    path: '/v1/secret-access-requests/secrets/{id}',
    needs,
    answer: withSecret('View', (ask) => paged(ask, [])),
  },
];
