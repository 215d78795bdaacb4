import type { Check } from '../domain/check.ts';
import { nearest } from '../domain/nearest.ts';
import { type Answer, answer, type CommandSpec, type Parsed, suggest } from './command.ts';
import type { Word } from './words.ts';

export const explainSpec = {
  name: 'explain',
  usage: '<check>',
  summary: 'What a check means, why it matters, how to mend it.',
  examples: ['explain secret-doublelock'],
  permission: null,
} as const satisfies CommandSpec;

/** What is told of a check. */
export type Topic = Pick<Check, 'id' | 'section' | 'title' | 'why' | 'remedy'>;

export function parseExplain(words: readonly Word[]): Parsed {
  const check = words.map(({ text }) => text.toLowerCase()).join('-');
  return { command: { kind: 'explain', check: check === '' ? null : check } };
}

/** The check of that id, or what could be meant. null asks for the choice. */
export function topicOf(
  id: string | null,
  catalogue: readonly Topic[],
): { topic: Topic } | { answer: Answer } {
  const topic = catalogue.find((one) => one.id === id);
  if (topic) return { topic };
  const ids = catalogue.map((one) => one.id);
  if (id === null) return answer(`Which check? There are ${ids.length}:\n${bySection(catalogue)}`);
  const near = nearest(id, ids);
  const offered = near.map((one) => suggest(`explain ${one}`));
  if (near.length > 0) return answer(`There is no check "${id}". Did you mean one of these?`, offered);
  return answer(`There is no check "${id}". There are:\n${bySection(catalogue)}`);
}

/** A line for each section, in catalogue order. */
function bySection(catalogue: readonly Topic[]): string {
  const sections = [...new Set(catalogue.map(({ section }) => section))];
  const idsOf = (name: string) => catalogue.filter(({ section }) => section === name).map(({ id }) => id);
  return sections.map((name) => `${name}: ${idsOf(name).join(', ')}`).join('\n');
}
