import type { Incident, TimelineEntry } from './incident.ts';

/** The beginning tells how it started, the end how it stands; of a long flood the middle is left out. */
const keptFirst = 20;
const keptLast = 180;

/** The incident with one more line. Numbers go on rising where lines were left out. */
export function withEntry(incident: Incident, entry: Omit<TimelineEntry, 'seq'>): Incident {
  const seq = (incident.timeline.at(-1)?.seq ?? 0) + 1;
  const all = [...incident.timeline, { seq, ...entry }];
  const timeline =
    all.length <= keptFirst + keptLast ? all : [...all.slice(0, keptFirst), ...all.slice(-keptLast)];
  return { ...incident, timeline };
}

/** Lines that go out together: one after another, of one kind, seen within a delivery. Silent ones are left out. */
export function threadGroups(entries: readonly TimelineEntry[]): TimelineEntry[][] {
  const groups: TimelineEntry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (entry.tell === 'silent') continue;
    if (last && entry.tell === 'thread' && last[0]?.tell === 'thread') last.push(entry);
    else groups.push([entry]);
  }
  return groups;
}
