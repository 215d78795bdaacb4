import type { Command } from '../commands/command.ts';
import { dayMs, hourMs, minuteMs, plural } from '../domain/instant.ts';
import type { View } from './blocks.ts';
import type { Desk } from './desk.ts';
import { frameOf } from './incident-frame.ts';
import { sentence } from './render/answer.ts';
import { incidentListView, incidentsOnPage } from './render/incident-list.ts';

const awayList = 'The incidents cannot be read at the moment. Try again in a minute.';

type Asked = Extract<Command, { kind: 'incidents' }>;

/** A page of the incidents that are not over, or of those resolved lately; the last changed first. */
export async function listIncidents(desk: Desk, { resolvedMs, page }: Asked): Promise<View> {
  const { records, setting } = desk.incidents;
  const limit = page * incidentsOnPage + 1;
  const filter =
    resolvedMs === null
      ? ({ states: ['open', 'acknowledged', 'snoozed'], limit } as const)
      : ({ states: ['resolved'], since: desk.clock() - resolvedMs, limit } as const);
  const found = await Promise.all([records.list(filter), records.unread()]).catch(() => null);
  if (found === null) return sentence(awayList);
  const [all, unread] = found;
  const back = resolvedMs === null ? null : lengthOf(resolvedMs);
  return incidentListView(all.slice((page - 1) * incidentsOnPage, page * incidentsOnPage), {
    frameOf: (integration) => frameOf(setting, integration, null),
    title: back === null ? 'Open incidents' : `Resolved in the last ${back.text}`,
    words: back === null ? 'incidents' : `incidents resolved ${back.word}`,
    page,
    unread: resolvedMs === null ? unread.incidents : 0,
    more: all.length > page * incidentsOnPage,
  });
}

const units = [
  { ms: dayMs, word: 'd', one: 'day' },
  { ms: hourMs, word: 'h', one: 'hour' },
  { ms: minuteMs, word: 'm', one: 'minute' },
  { ms: 1_000, word: 's', one: 'second' },
] as const;

/** A length of time as it was typed: for people, and for the command that shows the next page of the same. */
export function lengthOf(ms: number): { text: string; word: string } {
  const unit = units.find((one) => ms % one.ms === 0) ?? units[3];
  const count = Math.ceil(ms / unit.ms);
  return { text: count === 1 ? unit.one : plural(count, unit.one), word: `${count}${unit.word}` };
}
