import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  Overflow,
  SectionBlock,
} from '@slack/types';
import { plain } from './text.ts';

/** What a renderer returns. `text` stands alone, for notifications and screen readers, and is never empty. */
export type View = { text: string; blocks: KnownBlock[] };

/**
 * Slack's limits in characters and elements. Sources: docs.slack.dev/reference/block-kit/blocks and the comments of
 * @slack/types; the total is written nowhere and was met as `msg_blocks_too_long` at about 13,200
 * (github.com/slackapi/bolt-js/issues/2509).
 */
export const limits = {
  messageBlocks: 50,
  viewBlocks: 100,
  totalCharacters: 13_000,
  messageText: 4000,
  sectionText: 3000,
  headerText: 150,
  contextText: 2000,
  actions: 25,
  overflowOptions: 5,
  buttonText: 75,
  buttonValue: 2000,
  viewTitle: 24,
  privateMetadata: 3000,
  optionText: 75,
  optionValue: 75,
  options: 100,
} as const;

/** A title in plain text: nothing in it has a meaning. Overflow: cut. */
export function header(text: string): HeaderBlock {
  const title = plain(text, limits.headerText) || '–';
  return { type: 'header', text: { type: 'plain_text', text: title, emoji: false } };
}

/**
 * Lines of ready `mrkdwn` (made with `say`). `verbatim`: Slack looks for no names, channels or addresses in it.
 * Overflow: whole lines are left out, and the last one says how many.
 */
export function section(lines: readonly string[]): SectionBlock {
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: fitted(lines, limits.sectionText), verbatim: true },
  };
}

/** Small print, one element. Overflow as `section`. */
export function context(lines: readonly string[]): ContextBlock {
  const text = fitted(lines, limits.contextText);
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

export function divider(): DividerBlock {
  return { type: 'divider' };
}

/** A row of buttons. Overflow: the first 25 are kept. */
export function actions(buttons: readonly (Button | Overflow)[]): ActionsBlock {
  return { type: 'actions', elements: buttons.slice(0, limits.actions) };
}

type ButtonLook = { text: string; actionId: string; value: string; primary?: boolean };

/** A button. Overflow: the label is cut; a value is never cut, since it would be another one. */
export function button({ text, actionId, value, primary = false }: ButtonLook): Button {
  return {
    type: 'button',
    text: { type: 'plain_text', text: plain(text, limits.buttonText) || '–', emoji: false },
    action_id: actionId,
    value,
    ...(primary ? { style: 'primary' as const } : {}),
  };
}

type OverflowLook = { actionId: string; options: readonly { text: string; value: string }[] };

/** A menu behind three dots. Overflow: the first 5 are kept, and an option whose value is too long is left out. */
export function overflow({ actionId, options }: OverflowLook): Overflow {
  const fitting = options.filter(({ value }) => value.length <= limits.optionValue);
  return {
    type: 'overflow',
    action_id: actionId,
    options: fitting.slice(0, limits.overflowOptions).map(({ text, value }) => ({
      text: { type: 'plain_text', text: plain(text, limits.optionText) || '–', emoji: false },
      value,
    })),
  };
}

/** How many characters Slack counts in blocks: their JSON, which is never less than that. */
export function charactersOf(blocks: readonly KnownBlock[]): number {
  return JSON.stringify(blocks).length;
}

/**
 * As many of the blocks, from the first on, as one message takes, always followed by `last`, which is told how many
 * did not fit.
 */
export function taken(
  blocks: readonly KnownBlock[],
  last: (left: number) => readonly KnownBlock[],
): KnownBlock[] {
  const reserved = last(blocks.length);
  const room = limits.totalCharacters - charactersOf(reserved);
  let used = 0;
  let count = 0;
  for (const block of blocks) {
    used += charactersOf([block]);
    if (used > room || count + reserved.length >= limits.messageBlocks) break;
    count += 1;
  }
  return [...blocks.slice(0, count), ...last(blocks.length - count)];
}

function fitted(lines: readonly string[], max: number): string {
  const whole = lines.join('\n');
  if (whole.length <= max) return whole || '–';
  const rest = (kept: number) => `_and ${lines.length - kept} more_`;
  let kept = lines.length - 1;
  while (kept > 0 && [...lines.slice(0, kept), rest(kept)].join('\n').length > max) kept -= 1;
  return [...lines.slice(0, kept), rest(kept)].join('\n');
}
