import type { Engine } from '../engine.ts';
import { type Json, Refusal, refusal, string } from '../shapes.ts';
import { changeView, findView, publishHome, showModal, viewJson } from '../views.ts';
import { type Methods, structure } from './method.ts';

export const viewMethods: Methods = {
  'views.open': { run: open },
  'views.push': { run: open },
  'views.update': { run: update },
  'views.publish': { run: publish },
};

/** A push differs from an open in Slack only by what is on the screen already. */
function open({ state, triggers }: Engine, args: Json): Json {
  const content = viewArgument(args);
  const person = triggers.exchange(string(args.trigger_id));
  return { view: viewJson(showModal(state, person, content)) };
}

function update({ state }: Engine, args: Json): Json {
  const view = findView(state, string(args.view_id) || string(args.external_id));
  if (!view) throw new Refusal('not_found');
  return { view: viewJson(changeView(state, view, viewArgument(args), args.hash)) };
}

function publish({ state }: Engine, args: Json): Json {
  const person = string(args.user_id);
  if (!state.people.has(person)) throw new Refusal('invalid_arguments');
  return { view: viewJson(publishHome(state, person, viewArgument(args), args.hash)) };
}

function viewArgument(args: Json): unknown {
  const content = structure(args.view, 'invalid_arguments');
  if (content === undefined) {
    throw refusal('invalid_arguments', ['[ERROR] missing required field: view [json-pointer:/]']);
  }
  return content;
}
