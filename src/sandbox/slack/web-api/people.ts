import type { Engine } from '../engine.ts';
import { teamOf } from '../payloads.ts';
import { bot } from '../people.ts';
import { type Json, type Person, Refusal, string } from '../shapes.ts';
import { cursor, type Methods, page } from './method.ts';

export const peopleMethods: Methods = {
  'users.info': { scope: 'users:read', run: (engine, args) => ({ user: profile(engine, args.user) }) },
  'users.list': { scope: 'users:read', run: list },
  'users.lookupByEmail': { scope: 'users:read.email', run: lookup },
  'usergroups.list': { scope: 'usergroups:read', run: groups },
  'usergroups.users.list': { scope: 'usergroups:read', run: groupMembers },
  'bots.info': { scope: 'users:read', run: botInfo },
};

function profile({ state }: Engine, id: unknown): Json {
  const person = state.people.get(string(id));
  if (!person) throw new Refusal('user_not_found');
  return personJson(person, state.scopes.has('users:read.email'));
}

function list({ state }: Engine, args: Json): Json {
  const { rows, nextCursor } = page([...state.people.values()], args);
  const members = rows.map((person) => personJson(person, state.scopes.has('users:read.email')));
  return { members, cache_ts: Math.floor(state.clock() / 1000), ...cursor(nextCursor) };
}

function lookup({ state }: Engine, args: Json): Json {
  const email = string(args.email).toLowerCase();
  const person = [...state.people.values()].find((one) => one.email !== '' && one.email === email);
  if (!person) throw new Refusal('users_not_found');
  return { user: personJson(person, true) };
}

function groups({ state }: Engine): Json {
  return {
    usergroups: state.groups.map((group) => ({
      id: group.id,
      handle: group.handle,
      name: group.name,
      is_usergroup: true,
      date_delete: 0,
      user_count: group.members.length,
      users: group.members,
    })),
  };
}

function groupMembers({ state }: Engine, args: Json): Json {
  const group = state.groups.find((one) => one.id === args.usergroup);
  if (!group) throw new Refusal('no_such_subteam');
  return { users: group.members };
}

function botInfo(_engine: Engine, args: Json): Json {
  if (args.bot !== bot.botId) throw new Refusal('bot_not_found');
  return {
    bot: { id: bot.botId, app_id: bot.appId, user_id: bot.userId, name: 'vaultcheck', deleted: false },
  };
}

function personJson(person: Person, withEmail: boolean): Json {
  return {
    id: person.id,
    team_id: teamOf(person),
    name: person.name,
    real_name: person.realName,
    deleted: person.role === 'deactivated',
    tz: person.timeZone,
    tz_label: person.timeZone,
    tz_offset: offsetS(person.timeZone),
    profile: {
      real_name: person.realName,
      display_name: person.name,
      ...(withEmail && person.email ? { email: person.email } : {}),
    },
    is_admin: person.role === 'admin',
    is_owner: false,
    is_restricted: person.role === 'guest',
    is_ultra_restricted: false,
    is_bot: person.role === 'bot',
    is_stranger: person.role === 'stranger',
    is_app_user: false,
  };
}

/** Seconds east of UTC, today. */
function offsetS(timeZone: string): number {
  const now = new Date();
  const shown = new Date(now.toLocaleString('en-US', { timeZone })).getTime();
  const universal = new Date(now.toLocaleString('en-US', { timeZone: 'UTC' })).getTime();
  return Math.round((shown - universal) / 1000);
}
