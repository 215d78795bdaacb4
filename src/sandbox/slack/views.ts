import { checkView } from './blocks/validate.ts';
import { named } from './blocks/values.ts';
import { bot, team } from './people.ts';
import { type Json, objects, Refusal, refusal, type View } from './shapes.ts';
import type { State } from './state.ts';

/** At most three modals on top of each other (docs.slack.dev/surfaces/modals). */
const maxStack = 3;

/** The person's open modals; the last is on top. */
export function modalsOf(state: State, person: string): View[] {
  return state.modals.filter((view) => view.person === person);
}

/** Opens a first modal, or pushes one on top. */
export function showModal(state: State, person: string, content: unknown): View {
  const checked = checkView(content);
  if (checked.type !== 'modal') throw refusal('invalid_arguments', ['[ERROR] a modal is wanted here']);
  const stack = modalsOf(state, person);
  if (stack.length >= maxStack) throw new Refusal('push_limit_reached');
  const view = newView(state, person, checked, stack.at(-1));
  state.modals.push(view);
  state.changed();
  return view;
}

/** A fresh hash each time: an update with an older one is refused with `hash_conflict`. */
export function changeView(state: State, view: View, content: unknown, hash?: unknown): View {
  const checked = checkView(content);
  if (typeof hash === 'string' && hash !== '' && hash !== view.hash) throw new Refusal('hash_conflict');
  view.content = withNames(state, checked);
  view.hash = state.nextId('hash.');
  view.values = {};
  state.changed();
  return view;
}

export function publishHome(state: State, person: string, content: unknown, hash?: unknown): View {
  const standing = state.homes.get(person);
  if (standing) return changeView(state, standing, content, hash);
  const view = newView(state, person, checkView(content), undefined);
  state.homes.set(person, view);
  state.changed();
  return view;
}

export function findView(state: State, id: string): View | undefined {
  return [...state.modals, ...state.homes.values()].find(
    (view) => view.id === id || (id !== '' && view.content.external_id === id),
  );
}

/** Closes one modal, or with `all` the person's whole stack. */
export function closeModal(state: State, view: View, all: boolean): void {
  for (const one of [...state.modals]) {
    const goes = one === view || (all && one.person === view.person);
    if (goes) state.modals.splice(state.modals.indexOf(one), 1);
  }
  state.changed();
}

function newView(state: State, person: string, content: Json, below: View | undefined): View {
  const id = state.nextId('V');
  return {
    id,
    person,
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
    hash: state.nextId('hash.'),
    content: withNames(state, content),
    values: {},
  };
}

const withNames = (state: State, content: Json): Json => ({
  ...content,
  blocks: named(objects(content.blocks), state.nextId),
});

/** The view as the Web API and interactions show it. */
export function viewJson(view: View): Json {
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    submit: null,
    close: null,
    clear_on_close: false,
    notify_on_close: false,
    ...view.content,
    id: view.id,
    team_id: team.id,
    hash: view.hash,
    state: { values: view.values },
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: bot.appId,
    app_installed_team_id: team.id,
    bot_id: bot.botId,
  };
}
