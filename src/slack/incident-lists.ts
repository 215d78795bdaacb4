import type { Command } from '../commands/command.ts';
import { dayMs } from '../domain/instant.ts';
import type { View } from './blocks.ts';
import type { Desk } from './desk.ts';
import { awayIncidents } from './incident-desk.ts';
import { frameOf } from './incident-frame.ts';
import { sentence } from './render/answer.ts';
import { incidentListView, incidentsOnPage } from './render/incident-list.ts';

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
  if (found === null) return sentence(awayIncidents);
  const [all, unread] = found;
  const days = resolvedMs === null ? null : Math.max(1, Math.round(resolvedMs / dayMs));
  return incidentListView(all.slice((page - 1) * incidentsOnPage, page * incidentsOnPage), {
    frameOf: (integration) => frameOf(setting, integration, null),
    title: days === null ? 'Open incidents' : `Resolved in the last ${days === 1 ? 'day' : `${days} days`}`,
    words: days === null ? 'incidents' : `incidents resolved ${days}d`,
    page,
    unread: resolvedMs === null ? unread.incidents : 0,
    more: all.length > page * incidentsOnPage,
  });
}
