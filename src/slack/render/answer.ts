import type { Answer, Suggestion } from '../../commands/command.ts';
import { actions, button, limits, section, type View } from '../blocks.ts';
import { actionIds, asValue } from '../ids.ts';
import { say } from '../text.ts';

/** A sentence with a button for each thing that could be meant. */
export function answerView({ text, suggestions }: Answer): View {
  const lines = text.split('\n').map((line) => say(line, 2500) || '–');
  const buttons = suggestionButtons(suggestions);
  return {
    text: say(text, 2500) || '–',
    blocks: [section(lines), ...(buttons.length > 0 ? [actions(buttons)] : [])],
  };
}

/** A sentence alone. */
export function sentence(text: string): View {
  return answerView({ text, suggestions: [] });
}

/** Lines of ready `mrkdwn`: words that name people. */
export function linesView(lines: readonly string[]): View {
  const block = section(lines);
  return { text: block.text?.text ?? '–', blocks: [block] };
}

/** A suggestion that a button cannot carry is left out: a cut command would be another one. */
export function suggestionButtons(suggestions: readonly Suggestion[]) {
  return suggestions
    .map(({ label, words }, index) => ({
      text: label,
      actionId: `${actionIds.run}.${index}`,
      value: asValue({ words }),
    }))
    .filter(({ value }) => value.length <= limits.buttonValue)
    .map(button);
}
