import { command, conversation, openHome, operate, say, shortcut } from './acts.ts';
import type { Answer } from './blocks/values.ts';
import type { Deliveries } from './delivery.ts';
import type { Engine } from './engine.ts';
import type { Faults } from './faults.ts';
import { directWith } from './messages.ts';
import { dismiss, type Entries, type Submission, submit, suggest } from './modal-acts.ts';
import { bot, slackbot } from './people.ts';
import type { Call, Delivery, Json, Message, View } from './shapes.ts';
import type { SocketMode } from './socket-mode.ts';
import { modalsOf } from './views.ts';
import { waitFor } from './waiting.ts';

/** What people do. Persons are ids (`U0ANA`), channels ids or names (`alerts`). Each resolves once the app acknowledged or its time was up. */
interface Doing {
  command(person: string, channel: string, line: string): Promise<Delivery>;
  /** A button, in a message, modal or home tab. */
  click(person: string, target: Message | View, actionId: string): Promise<Delivery>;
  /** An option of an overflow menu or a select, by its value. */
  choose(person: string, target: Message | View, actionId: string, value: Answer): Promise<Delivery>;
  /** Fills in a modal, by block_id, and presses its button. */
  submit(person: string, view: View | string, entries: Entries): Promise<Submission>;
  closeView(person: string, view: View | string): Promise<void>;
  /** A shortcut on a message, or with `undefined` a global one. */
  shortcut(person: string, message: Message | undefined, callbackId: string): Promise<Delivery>;
  /** What an external select offers for what was typed. */
  suggest(person: string, target: Message | View, actionId: string, typed: string): Promise<Json[]>;
  openHome(person: string): Promise<Delivery>;
  say(person: string, channel: string, text: string, thread?: string): Promise<Message>;
}

/** What people see: the live objects, oldest first. */
interface Seeing {
  /** Of a channel, without thread replies that were not broadcast. */
  messages(channel: string): Message[];
  replies(message: Message): Message[];
  /** The app's messages that only this person sees; of one channel or all. */
  ephemerals(person: string, channel?: string): Message[];
  /** What Slack itself told this person, such as `operation_timeout`. */
  notices(person: string): Message[];
  /** The conversation between this person and the app. */
  directMessages(person: string): Message[];
  /** Open modals; the last is on top. */
  views(person: string): View[];
  home(person: string): View | undefined;
}

/** What a test does to Slack. */
interface Ruling {
  readonly faults: Faults;
  /** What the app may do; `missing_scope` without. History scopes are `channels:history`, `groups:history`, `im:history`. */
  readonly scopes: Set<string>;
  readonly sockets: Pick<SocketMode, 'count' | 'refresh' | 'cut'>;
  readonly duplicate: Deliveries['duplicate'];
  readonly redeliver: Deliveries['redeliver'];
  readonly requestUrl: Deliveries['requestUrl'];
  archive(channel: string, archived: boolean): void;
  /** Takes the app into a channel, or out of it. */
  membership(channel: string, member: boolean): void;
  /** Every request of the app so far, of one Web API method (or `response_url`) or all. */
  log(method?: string): Call[];
  deliveries(): Delivery[];
  /** See waiting.ts. Default 5 s. */
  waitFor<T>(predicate: () => T, timeoutMs?: number, what?: string): Promise<NonNullable<T>>;
}

export interface Hands extends Doing, Seeing, Ruling {}

export function slackHands(engine: Engine): Hands {
  return { ...doing(engine), ...seeing(engine), ...ruling(engine) };
}

const idOf = (view: View | string): string => (typeof view === 'string' ? view : view.id);

function doing(engine: Engine): Doing {
  return {
    command: (person, channel, line) => command(engine, person, channel, line),
    click: (person, target, actionId) => operate(engine, { person, target, actionId }),
    choose: (person, target, actionId, answer) => operate(engine, { person, target, actionId, answer }),
    submit: (person, view, entries) => submit(engine, person, idOf(view), entries),
    closeView: (person, view) => dismiss(engine, person, idOf(view)),
    shortcut: (person, message, callbackId) => shortcut(engine, person, callbackId, message),
    suggest: (person, target, actionId, typed) => suggest(engine, { person, target, actionId, typed }),
    openHome: (person) => openHome(engine, person),
    say: (person, channel, text, thread = '') => say(engine, person, channel, { text, thread }),
  };
}

function seeing(engine: Engine): Seeing {
  const { state } = engine;
  const open = (message: Message) => message.shownTo === undefined;
  const only = (person: string, author: string) => (message: Message) =>
    message.shownTo === person && message.author === author;
  return {
    messages: (channel) => {
      const { id } = conversation(engine, channel);
      return state.messages.filter(
        (one) => one.channel === id && open(one) && (!one.thread || one.broadcast === true),
      );
    },
    replies: ({ ts }) => state.messages.filter((one) => one.thread === ts && open(one)),
    ephemerals: (person, channel) => {
      const id = channel === undefined ? undefined : conversation(engine, channel).id;
      return state.messages
        .filter(only(person, bot.userId))
        .filter((one) => id === undefined || one.channel === id);
    },
    notices: (person) => state.messages.filter(only(person, slackbot)),
    directMessages: (person) => {
      const { id } = directWith(state, person);
      return state.messages.filter((one) => one.channel === id && open(one));
    },
    views: (person) => modalsOf(state, person),
    home: (person) => state.homes.get(person),
  };
}

function ruling(engine: Engine): Ruling {
  const { state, faults, socket, deliveries } = engine;
  return {
    faults,
    scopes: state.scopes,
    sockets: socket,
    duplicate: deliveries.duplicate,
    redeliver: deliveries.redeliver,
    requestUrl: deliveries.requestUrl,
    archive: (channel, archived) => {
      conversation(engine, channel).archived = archived;
      state.changed();
    },
    membership: (channel, member) => {
      const { members } = conversation(engine, channel);
      if (member) members.add(bot.userId);
      else members.delete(bot.userId);
      state.changed();
    },
    log: (method) => state.calls.filter((call) => method === undefined || call.method === method),
    deliveries: () => [...state.deliveries],
    waitFor: (predicate, timeoutMs = 5000, what = String(predicate)) =>
      waitFor(state, predicate, timeoutMs, what),
  };
}
