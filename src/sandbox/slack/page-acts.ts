import { type Answers, command, type Operation, openHome, operate, say, shortcut } from './acts.ts';
import type { Answer } from './blocks/values.ts';
import type { Engine } from './engine.ts';
import { dismiss, type Entries, submit, suggest } from './modal-acts.ts';
import { type Delivery, type Json, type Message, object, Refusal, string, type View } from './shapes.ts';
import { findView } from './views.ts';

/** Does for the page what a person did in it. Answers what the page must show at once. */
export async function pageAct(engine: Engine, body: Json): Promise<Json> {
  const person = string(body.person);
  const channel = string(body.channel);
  switch (body.do) {
    case 'command':
      return outcome(await command(engine, person, channel, string(body.text)));
    case 'say':
      await say(engine, person, channel, { text: body.text, thread: body.thread });
      return {};
    case 'operate':
      return outcome(await operate(engine, operation(engine, person, body)));
    case 'suggest': {
      const { target, actionId } = operation(engine, person, body);
      return { options: await suggest(engine, { person, target, actionId, typed: string(body.typed) }) };
    }
    case 'submit': {
      const { errors, trouble } = await submit(engine, person, string(body.view), body.entries as Entries);
      return { errors, ...(trouble ? { trouble } : {}) };
    }
    case 'dismiss':
      await dismiss(engine, person, string(body.view));
      return {};
    case 'shortcut': {
      const message = body.ts ? (target(engine, body) as Message) : undefined;
      return outcome(await shortcut(engine, person, string(body.callbackId), message));
    }
    case 'home':
      return outcome(await openHome(engine, person));
    default:
      throw new Refusal('unknown_act');
  }
}

const outcome = (delivery: Delivery): Json => ({ acked: delivery.acked, failure: delivery.failure ?? null });

function operation(engine: Engine, person: string, body: Json): Operation {
  return {
    person,
    target: target(engine, body),
    actionId: string(body.actionId),
    ...(body.blockId ? { blockId: string(body.blockId) } : {}),
    ...(body.answer === undefined ? {} : { answer: body.answer as Answer }),
    answers: object(body.answers) as Answers,
  };
}

function target({ state }: Engine, body: Json): Message | View {
  const found = body.view
    ? findView(state, string(body.view))
    : state.messages.find((one) => one.ts === body.ts && one.channel === body.channel);
  if (found) return found;
  throw new Refusal('message_not_found');
}
