import type { CommandSpec } from '../../commands/command.ts';
import { actions, context, header, section, type View } from '../blocks.ts';
import { say } from '../text.ts';
import { sentence, suggestionButtons } from './answer.ts';

/** What this person may run, with examples to click. `slash` is the command's name as it is installed here. */
export function helpView(specs: readonly CommandSpec[], topic: string | null, slash: string): View {
  const found = topic === null ? specs : specs.filter(({ name }) => name === topic);
  if (found.length === 0) {
    const names = specs.map(({ name }) => name).join(', ');
    return sentence(`There is no help on "${topic}" for you. You can run: ${names}.`);
  }
  const lines = found.map((spec) => specLine(spec, slash));
  const examples = found
    .flatMap((spec) => spec.examples)
    .slice(0, 5)
    .map((words) => ({ label: words, words }));
  return {
    text: say(found.map(({ name, summary }) => `${slash} ${name}: ${summary}`).join(' '), 2000),
    blocks: [
      header(topic === null ? `What you can do with ${slash}` : `${slash} ${topic}`),
      ...lines.map((line) => section([line])),
      context(['Keywords are read without case, names of secrets exactly. A name with blanks is quoted.']),
      actions(suggestionButtons(examples)),
    ],
  };
}

function specLine({ name, usage, summary }: CommandSpec, slash: string): string {
  const typed = say(`${slash} ${name}${usage === '' ? '' : ` ${usage}`}`, 200);
  return `\`${typed}\`\n${say(summary, 300)}`;
}
