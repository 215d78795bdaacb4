import type { AuditSubject } from '../domain/audit.ts';

/** Who may: the list of the configuration that is asked. null: everybody who may talk to the bot at all. */
export type Permission = 'check' | 'incidents' | 'admin';

/** Where the answer is shown: to the person alone, or to the channel. */
export type Audience = 'person' | 'channel';

/** What somebody asks for. Names are as typed; whether they exist is found out later. */
export type Command =
  | { kind: 'menu' }
  | { kind: 'check'; secret: string; integration: string | null; audience: Audience }
  | { kind: 'check-all'; integration: string | null; audience: Audience }
  | { kind: 'audit'; subject: AuditSubject; integration: string | null; sinceMs: number | null }
  /** `resolvedMs`: those resolved in this time; null: those that are not over. `page` counts from 1. */
  | { kind: 'incidents'; resolvedMs: number | null; page: number }
  | { kind: 'status' }
  | { kind: 'history'; secret: string; integration: string | null }
  | { kind: 'explain'; check: string | null }
  | { kind: 'help'; topic: string | null }
  | { kind: 'log' };

/** Something to offer: `words` is the text of a command, without its leading slash word. */
export type Suggestion = { label: string; words: string };

/** A sentence instead of an action, with what could be meant. */
export type Answer = { text: string; suggestions: readonly Suggestion[] };

export type Parsed = { command: Command } | { answer: Answer };

/** One command as help, completion and the manifest tell it. */
export type CommandSpec = {
  name: string;
  /** The words after the name, as help shows them; empty when there are none. */
  usage: string;
  summary: string;
  /** Whole texts that a person could type. */
  examples: readonly string[];
  permission: Permission | null;
};

/** An answer without suggestions. */
export function answer(text: string, suggestions: readonly Suggestion[] = []): { answer: Answer } {
  return { answer: { text, suggestions } };
}

/** The suggestion that says exactly what it would run. */
export function suggest(words: string): Suggestion {
  return { label: words, words };
}
