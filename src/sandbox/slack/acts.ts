import { type Answer, elementOf, initialAnswer, optionOf, stateOf, stateValues } from './blocks/values.ts';
import type { Engine } from './engine.ts';
import { channelFor, directWith, messageJson, notice, post } from './messages.ts';
import { channelLabel, eventCallback, interaction, slashCommand, surface } from './payloads.ts';
import { answer, says } from './response-urls.ts';
import {
  type Channel,
  type Delivery,
  type Json,
  type Message,
  type Person,
  Refusal,
  string,
  type View,
} from './shapes.ts';
import { viewJson } from './views.ts';

/** block_id → action_id → what is typed or chosen. */
export type Answers = Readonly<Record<string, Readonly<Record<string, Answer>>>>;

/** One use of a button, menu or select. */
export interface Operation {
  readonly person: string;
  readonly target: Message | View;
  readonly actionId: string;
  /** Needed only where an action_id stands twice. */
  readonly blockId?: string;
  readonly answer?: Answer;
  /** What the other fields of the same surface hold by now. */
  readonly answers?: Answers;
}

export function personOf({ state }: Engine, id: string): Person {
  const person = state.people.get(id);
  if (person) return person;
  throw new Error(`Nobody ${id} in this workspace. There are: ${[...state.people.keys()].join(', ')}.`);
}

/** A conversation by id or name, as people see it: private ones too. */
export function conversation({ state }: Engine, asked: string): Channel {
  const named = [...state.channels.values()].find((one) => one.id === asked || one.name === asked);
  return named ?? channelFor(state, asked);
}

/** Types a slash command. The app's answer appears; without one in time the person reads why. */
export async function command(engine: Engine, who: string, where: string, line: string): Promise<Delivery> {
  const { state } = engine;
  const person = personOf(engine, who);
  const channel = conversation(engine, where);
  const [name = '', ...rest] = line.trim().split(' ');
  const declared = engine.commands.find((one) => one.command === name);
  if (engine.commands.length > 0 && !declared) {
    notice(state, who, channel.id, `${name} is not a valid command. In Slack, all commands start with /.`);
    throw new Refusal('unknown_command');
  }
  const text = declared?.shouldEscape ? escaped(engine, rest.join(' ')) : rest.join(' ');
  const payload = slashCommand(engine, person, channel, { command: name, text });
  const delivery = await engine.deliveries.deliver('slash_commands', payload);
  const failed = (why: string) => notice(state, who, channel.id, `${name} failed with the error "${why}"`);
  if (delivery.failure) failed(delivery.failure);
  else if (says(delivery.answer)) {
    try {
      answer(state, { person: who, channel: channel.id }, delivery.answer);
    } catch (error) {
      failed(error instanceof Refusal ? error.code : 'dispatch_failed');
    }
  }
  return delivery;
}

function escaped({ state }: Engine, text: string): string {
  const people = [...state.people.values()];
  const channels = [...state.channels.values()];
  return text
    .replace(/(^|\s)@([\w.-]+)/g, (all, before, name) => {
      const person = people.find((one) => one.name === name);
      return person ? `${before}<@${person.id}|${name}>` : all;
    })
    .replace(/(^|\s)#([\w.-]+)/g, (all, before, name) => {
      const channel = channels.find((one) => one.name === name);
      return channel ? `${before}<#${channel.id}|${name}>` : all;
    });
}

/** Clicks, opens and picks: a `block_actions` interaction with one action. */
export async function operate(engine: Engine, operation: Operation): Promise<Delivery> {
  const { state } = engine;
  const { person, target, actionId } = operation;
  const blocks = blocksOf(target);
  const { element, blockId } = elementOf(blocks, actionId, operation.blockId);
  const answers = { ...operation.answers };
  if (operation.answer !== undefined) {
    answers[blockId] = { ...answers[blockId], [actionId]: operation.answer };
  }
  const values = stateValues(blocks, answers);
  if ('content' in target) target.values = values;
  const payload = {
    ...interaction(personOf(engine, person), 'block_actions'),
    ...surface(engine, personOf(engine, person), target),
    trigger_id: engine.triggers.issue(person),
    state: { values },
    actions: [action(element, blockId, operation.answer, state.nextTs())],
  };
  const delivery = await engine.deliveries.deliver('interactive', payload);
  if (delivery.failure && 'channel' in target) {
    notice(state, person, target.channel, `That did not work: the app did not answer (${delivery.failure}).`);
  }
  return delivery;
}

export function blocksOf(target: Message | View): Json[] {
  return 'content' in target ? (target.content.blocks as Json[]) : target.blocks;
}

function action(element: Json, blockId: string, given: Answer | undefined, ts: string): Json {
  const common = {
    action_id: element.action_id,
    block_id: blockId,
    type: element.type,
    action_ts: ts,
  };
  if (element.type === 'button') {
    const { text, value, style } = element;
    return { ...common, text, ...(value ? { value } : {}), ...(style ? { style } : {}) };
  }
  if (element.type === 'overflow') {
    return { ...common, selected_option: optionOf(element, String(given ?? '')) };
  }
  return { ...common, ...stateOf(element, given ?? initialAnswer(element)) };
}

/** Runs a message shortcut on a message, or a global one. */
export function shortcut(
  engine: Engine,
  who: string,
  callbackId: string,
  message?: Message,
): Promise<Delivery> {
  const { state } = engine;
  const person = personOf(engine, who);
  const common = { callback_id: callbackId, trigger_id: engine.triggers.issue(who) };
  if (!message) {
    const payload = { ...interaction(person, 'shortcut'), ...common, action_ts: state.nextTs() };
    return engine.deliveries.deliver('interactive', payload);
  }
  const channel = conversation(engine, message.channel);
  const path = engine.responseUrls.issue({ person: who, channel: channel.id });
  return engine.deliveries.deliver('interactive', {
    ...interaction(person, 'message_action'),
    ...common,
    action_ts: state.nextTs(),
    message_ts: message.ts,
    channel: { id: channel.id, name: channelLabel(channel) },
    message: messageJson(state, message),
    response_url: `${engine.url()}${path}`,
  });
}

/** Opens the app's Home tab. */
export function openHome(engine: Engine, who: string): Promise<Delivery> {
  const { state } = engine;
  const home = state.homes.get(who);
  const event = {
    type: 'app_home_opened',
    user: personOf(engine, who).id,
    channel: directWith(state, who).id,
    tab: 'home',
    ...(home ? { view: viewJson(home) } : {}),
  };
  return engine.deliveries.deliver('events_api', eventCallback(engine, event));
}

/** Writes a message. The app hears of it where it is a direct message and the app subscribed to `message.im`. */
export async function say(engine: Engine, who: string, where: string, draft: Json): Promise<Message> {
  const { state, events } = engine;
  const channel = conversation(engine, where);
  const text = string(draft.text);
  const thread = string(draft.thread);
  const author = personOf(engine, who).id;
  const message = post(state, {
    channel: channel.id,
    author,
    origin: 'person',
    text,
    ...(thread ? { thread } : {}),
  });
  const common = { ...messageJson(state, message), channel: channel.id };
  if (channel.kind === 'direct' && events.has('message.im')) {
    await engine.deliveries.deliver('events_api', eventCallback(engine, { ...common, channel_type: 'im' }));
  }
  return message;
}
