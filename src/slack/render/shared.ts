import type { View } from '../blocks.ts';
import { date } from '../text.ts';
import { linesView } from './answer.ts';
import { person } from './people.ts';

/** When a report was posted in a channel, and who had it posted; null where that is not known any more. */
export type Share = { at: string; by: string | null };

/** The answer to a second "Share". */
export function sharedView({ at, by }: Share): View {
  const who = by === null ? '' : ` by ${person(by)}`;
  return linesView([
    `This report was shared in this channel already${who}, ${date(at)}. For a newer one: *Run again*, then *Share*.`,
  ]);
}
