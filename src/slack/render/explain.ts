import type { Topic } from '../../commands/explain.ts';
import { context, header, section, type View } from '../blocks.ts';
import { say } from '../text.ts';

/** What a check means, why it matters, how to mend it. */
export function explainView({ id, section: part, title, why, remedy }: Topic): View {
  return {
    text: `${say(title, 300)}. ${say(why, 800)}`,
    blocks: [
      header(title),
      section([say(why, 1500), `*Remedy*  ${say(remedy, 1200)}`]),
      context([`check ${say(id, 80)} of section ${say(part, 40)}`]),
    ],
  };
}
