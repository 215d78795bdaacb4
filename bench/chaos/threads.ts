import type { Incident, TimelineEntry } from '../../src/domain/incident.ts';
import type { Message } from '../../src/sandbox/slack/shapes.ts';

/** Beyond so many lines a message of the thread shows the first and the last. */
const shownAtMost = 9;

/** What the thread of an incident shows of its timeline: read from the chat, since what is stored of it may be wrong. */
export function threadOf(
  incident: Incident,
  { replies, members }: { replies: readonly Message[]; members: readonly Incident[] },
): { lacking: number; twice: number } {
  const told = incident.timeline.filter(({ tell }) => tell !== 'silent');
  if (told.length > shownAtMost) return { lacking: 0, twice: 0 };
  const leads = members[0]?.id === incident.id;
  const isIts = (shown: string) =>
    shown.includes(nameOf(incident)) || (leads && !members.some((one) => shown.includes(nameOf(one))));
  const lines = replies
    .map(({ blocks }) => JSON.stringify(blocks))
    .filter(isIts)
    .join('\n');
  const counts = [...new Set(told.map(shownAs))].map((what) => ({
    due: told.filter((one) => shownAs(one).includes(what)).length,
    seen: lines
      .split(what)
      .slice(1)
      .map(timesOf)
      .reduce((sum, times) => sum + times, 0),
  }));
  return {
    lacking: counts.reduce((sum, { due, seen }) => sum + Math.max(0, due - seen), 0),
    twice: counts.reduce((sum, { due, seen }) => sum + Math.max(0, seen - due), 0),
  };
}

/** What was seen again stands there as one line that says how often. */
function timesOf(behind: string): number {
  const [line = ''] = behind.split(/\\n|[\n"]/);
  return Number(/ · (\d+) times/.exec(line)?.[1] ?? 1);
}

/** While it stood alone on its card, lines did not say whose they are. */
const nameOf = ({ account }: Incident) => account?.split('\\').at(-1) ?? '';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** The beginning of a line as it stands in the JSON of a message. */
function shownAs({ what }: TimelineEntry): string {
  const escaped = what.slice(0, 300).replaceAll(/[&<>]/g, (one) => escapes[one] ?? one);
  return JSON.stringify(escaped).slice(1, -1);
}
