import { type Logger, LogLevel, type Receiver } from '@slack/bolt';
import type { Log } from './options.ts';

/** Whether requests from Slack reach us now. */
export type Readiness = 'starting' | 'ready' | 'away' | 'stopped';

/** How requests come in. */
export type Transport = {
  receiver: Receiver;
  start(): Promise<void>;
  /** Takes nothing more in. */
  stop(): Promise<void>;
  ready(): Readiness;
};

/**
 * The library's words in our log: warnings and errors alone, under constant messages, since its debug lines quote
 * whole payloads. A token in a text is blanked out.
 */
export function boltLogger(log: Log): Logger {
  const data = (words: readonly unknown[]) => ({ said: words.map(textOf).join(' ').slice(0, 500) });
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...words) => log.warn(data(words), 'Slack library warning'),
    error: (...words) => log.error(data(words), 'Slack library error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

function textOf(word: unknown): string {
  const text = word instanceof Error ? `${word.name}: ${word.message}` : String(word);
  return text.replace(/\bx(ox[a-z]|app|wfp)-[\w-]+/g, '[removed]');
}
