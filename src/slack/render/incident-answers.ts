import type { ActOutcome } from '../../app/incidents/act.ts';
import type { Act } from '../../domain/incident-table.ts';
import { date, say } from '../text.ts';
import { iso } from './incident-parts.ts';
import { placeOf, stepOf } from './incident-words.ts';
import { person } from './people.ts';

const shown = 5;

/** What somebody who clicked is told, in ready `mrkdwn`: of many alike the first, and how many more. */
export function outcomeLines(outcomes: readonly ActOutcome[], act: Act): string[] {
  const lines = outcomes.map((one) => outcomeLine(one, act));
  const more = lines.length - shown;
  return more > 0 ? [...lines.slice(0, shown), `_and ${more} more_`] : lines;
}

function outcomeLine(outcome: ActOutcome, act: Act): string {
  if (outcome.outcome === 'gone') return 'This incident is not kept any more.';
  const place = `*${say(placeOf(outcome.incident), 120)}*`;
  if (outcome.outcome === 'too-late') return `${place}: the time to snooze until has passed.`;
  return outcome.outcome === 'already' ? alreadyLine(outcome, act.by, place) : doneLine(outcome, act, place);
}

type Of<O> = Extract<ActOutcome, { outcome: O }>;

function doneLine({ incident }: Of<'done'>, act: Act, place: string): string {
  switch (act.word) {
    case 'acknowledge':
      return `You have it now: ${place}. ${say(stepOf(incident), 400)}`;
    case 'snooze':
      return `${place} is quiet until ${date(iso(act.until))}.`;
    case 'escalate':
      return `${place}: the group is called in the thread.`;
    default:
      return `${place}: done.`;
  }
}

function alreadyLine({ what, by, at }: Of<'already'>, me: string | null, place: string): string {
  const when = date(iso(at));
  const who = by === null ? 'Vaultcheck' : by === me ? 'You' : person(by);
  if (what === 'acknowledged') return `${place}: ${who} ${by === me ? 'have' : 'has'} it since ${when}.`;
  if (what === 'escalated') return `${place}: ${who} escalated it already, ${when}.`;
  return by === null
    ? `${place} is over: Vaultcheck saw that ${when}.`
    : `${place} is over: ${who} resolved it ${when}.`;
}
