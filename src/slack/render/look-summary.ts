import { plural } from '../../domain/instant.ts';
import type { LookSummary } from '../../domain/look-summary.ts';
import { context, header, section, taken, type View } from '../blocks.ts';
import { say } from '../text.ts';

/** Beyond this many a message says how many there are. */
const linesShown = 20;

/** One message for all that a first look found, so that a first day brings no storm of alerts. */
export function lookSummaryView({ look, integration, lines }: LookSummary): View {
  const title =
    look === 'poll'
      ? `First look at ${integration}: over by now, ${plural(lines.length, 'thing')} of the last day`
      : `First check of ${integration}: ${plural(lines.length, 'failing check')}`;
  const next =
    look === 'poll'
      ? 'No alert was made of them. From now on each new one is an alert.'
      : 'No alert was made of them: `/vault check all` shows them. From now on what begins to fail is an alert.';
  const shown = lines.slice(0, linesShown).map((line) => section([`• ${say(line, 400)}`]));
  const more = lines.length - shown.length;
  const blocks = taken([header(title), ...shown], (left) => [
    ...(left + more > 0 ? [context([`_and ${left + more} more, in the log_`])] : []),
    context([next]),
  ]);
  return { text: `${say(title, 200)}. ${next}`, blocks };
}
