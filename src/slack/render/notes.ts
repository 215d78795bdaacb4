import type { CommandEntry } from '../../domain/command-entry.ts';
import { header, section, type View } from '../blocks.ts';
import { date, say } from '../text.ts';
import { sentence } from './answer.ts';
import { person } from './people.ts';

/** What a run that takes long still waits for. */
export function progressView(waitingFor: readonly string[]): View {
  return sentence(`Still checking: waiting for ${listed(waitingFor)}. The report follows.`);
}

/** A run that could not be finished; `reference` finds it in the log. */
export function troubleView({ text, reference }: { text: string; reference: string }): View {
  return sentence(`${text} (reference ${reference})`);
}

/** Who did what, newest first. People are shown by name without being called. */
export function logView(entries: readonly CommandEntry[]): View {
  if (entries.length === 0) return sentence('Nobody has run anything yet.');
  const lines = entries.slice(0, 25).map(logLine);
  return {
    text: `The last ${lines.length} commands and clicks`,
    blocks: [header('Who ran and clicked what'), section(lines)],
  };
}

function logLine({ at, person: id, channel, what, allowed }: CommandEntry): string {
  const where = channel !== null && /^C[A-Z0-9]{1,20}$/.test(channel) ? ` in <#${channel}>` : '';
  return `${date(at)}  ${person(id)}${where}  ${allowed ? '' : '*refused*  '}${say(what, 60)}`;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? 'an answer';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
