/** An object of JSON whose fields are not known yet. */
export type Json = Record<string, unknown>;

/** `stranger` is a person of another workspace in a shared channel; `bot` is the app under test. */
export type Role = 'admin' | 'member' | 'guest' | 'stranger' | 'deactivated' | 'bot';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly email: string;
  readonly timeZone: string;
  readonly role: Role;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'direct';
  readonly members: Set<string>;
  readonly topic: string;
  archived: boolean;
}

export interface PersonGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly members: string[];
}

/** How a message came to be decides who may change it: only `api` messages can be edited by chat.update. */
export type Origin = 'api' | 'response' | 'person' | 'slack';

export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly author: string;
  readonly origin: Origin;
  text: string;
  blocks: Json[];
  readonly thread?: string;
  readonly broadcast?: boolean;
  /** The one person who sees it; absent on messages for everybody. */
  readonly shownTo?: string;
  metadata?: Json;
  editedTs?: string;
  /** Counts edits, so that a page knows when to draw again. */
  version: number;
}

export interface View {
  readonly id: string;
  readonly person: string;
  readonly rootId: string;
  readonly previousId: string | null;
  hash: string;
  /** What the app gave: type, title, blocks, callback_id, private_metadata… with every block named. */
  content: Json;
  values: Json;
}

/** One request of the app to the Web API or to a response URL. Tokens are left out. */
export interface Call {
  readonly at: number;
  readonly method: string;
  readonly args: Json;
  readonly status: number;
  readonly ok: boolean;
  readonly error?: string;
}

export type DeliveryKind = 'slash_commands' | 'interactive' | 'events_api';

/** One thing handed to the app, and what became of it. */
export interface Delivery {
  readonly envelopeId: string;
  readonly kind: DeliveryKind;
  readonly payload: Json;
  readonly attempt: number;
  readonly acked: boolean;
  /** What the app sent with its acknowledgement. */
  readonly answer?: Json;
  /** The words a person sees when the app did not answer. */
  readonly failure?: 'operation_timeout' | 'dispatch_failed';
  readonly tookMs: number;
}

/** An object, or an empty one where something else stands. */
export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The objects of an array, or none. */
export function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(object) : [];
}

/** A string, or '' where something else stands. */
export function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** How Slack refuses: a stable word, and for blocks the places that are wrong. */
export class Refusal extends Error {
  readonly code: string;
  readonly more: Json;

  constructor(code: string, more: Json = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.more = more;
  }
}

/** Slack's way of naming the places: `response_metadata.messages`. */
export function refusal(code: string, messages: readonly string[]): Refusal {
  return new Refusal(code, { errors: messages, response_metadata: { messages } });
}
