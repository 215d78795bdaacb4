import { ok } from '../replies.ts';
import { paged } from './paging.ts';
import { type Answer, type Ask, type Route, time } from './route.ts';
import { sections } from './sections.ts';

type Row = Record<string, unknown>;

/** Only the sections whose `load…` flag is sent are filled; the others are null. */
const general: Answer = (ask) => {
  const all = sections(ask);
  const loaded = Object.entries(all).map(([name, section]) => {
    const flag = `load${name[0]?.toUpperCase()}${name.slice(1)}`;
    const isAsked = ask.query.get(flag)?.toLowerCase() === 'true';
    return [name, isAsked ? section : null];
  });
  return ok(Object.fromEntries(loaded));
};

/** The first generation answers everything at once and calls some sections by other names. */
const generalV1: Answer = (ask) => {
  const { email, ...all } = sections(ask);
  return ok({ ...all, emailSettings: email });
};

const login: Answer = (ask) => ok(sections(ask).login);

/** Which parts of the configuration the caller may see. */
const state: Answer = (ask) => {
  const canView = ask.holds.has('View Configuration');
  const names = ['application', 'email', 'folder', 'launcher', 'login', 'loginPolicy', 'permissions'];
  const more = ['localUserPasswords', 'userExperience', 'userInterface', 'secretServer'];
  const seen = [...names, ...more].flatMap((name) => [
    [`${name}View`, canView],
    [`${name}Edit`, false],
  ]);
  return ok({
    ...Object.fromEntries(seen),
    securityView: ask.holds.has('View Configuration Security'),
    securityEdit: false,
    unlimitedAdmin: ask.holds.has('View Configuration Unlimited Admin'),
  });
};

const audit: Answer = (ask) => {
  const text = ask.query.get('filter.searchTerm')?.toLowerCase() ?? '';
  const rows = ask.world.configurationAudits
    .filter(({ notes, action }) => `${action} ${notes}`.toLowerCase().includes(text))
    .map(
      (one): Row => ({
        action: one.action,
        date: time(ask, one.at),
        displayName: one.displayName,
        notes: one.notes,
      }),
    );
  return paged(ask, rows, ['searchTerm']);
};

const setting =
  (pick: (ask: Ask) => Row): Answer =>
  (ask) =>
    ok(pick(ask));

const needs = ['View Configuration'];

export const configurationRoutes: Route[] = [
  { path: '/v2/configuration/general', needs, generations: ['11.2', '2026'], answer: general },
  { path: '/v1/configuration/general', needs, generations: ['10.9'], answer: generalV1 },
  { path: '/v2/configuration/login', needs, generations: ['11.2', '2026'], answer: login },
  { path: '/v1/configuration/login', needs, generations: ['10.9'], answer: login },
  {
    path: '/v1/configuration/security',
    needs: ['View Configuration Security'],
    answer: setting((ask) => sections(ask).security ?? {}),
  },
  {
    path: '/v1/configuration/unlimited-admin',
    needs: ['View Configuration Unlimited Admin'],
    answer: setting(({ world }) => ({ enabled: world.settings.unlimitedAdministration })),
  },
  {
    path: '/v1/configuration/read-only-mode',
    needs,
    answer: setting(({ world }) => ({ enabled: world.settings.readOnlyMode })),
  },
  {
    path: '/v1/configuration/login-policy',
    needs,
    answer: setting(() => ({ enableLoginPolicy: false, forceLoginPolicy: false, loginPolicy: '' })),
  },
  {
    path: '/v1/configuration/local-user-passwords',
    answer: setting((ask) => sections(ask).localUserPasswords),
  },
  { path: '/v1/configuration/state', answer: state },
  { path: '/v1/configuration/audit', needs, answer: audit },
];
