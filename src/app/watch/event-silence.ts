import type { Incident } from '../../domain/incident.ts';
import { hourMs, type Instant, minuteMs, moment } from '../../domain/instant.ts';
import { type RowOf, rowsWithoutEvent } from '../../domain/missing-events.ts';
import type { Observation } from '../../domain/observation.ts';
import { accountLabel } from '../../domain/scan-account.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Listening, ListeningSpan } from '../../ports/listening.ts';
import { type LookTime, lookBase } from './look.ts';

/** How long an event may be under way. */
export const eventGraceMs = 15 * 60_000;

/** As many as the journal holds of an integration. */
const entriesRead = 20_000;

type Asked = {
  settings: Settings;
  journal: Pick<Journal, 'read' | 'lastEvent'>;
  listening: Pick<Listening, 'spans'>;
  /** The rows that this poll is the first to see older than the grace. */
  rows: readonly RowOf[];
  /** The incidents that are not resolved. */
  live: readonly Incident[];
  time: LookTime;
};

/** Whether events come: `events-missing` for a row whose event did not, `events-arrived` when one ends a silence. */
export async function eventSilence(asked: Asked): Promise<Observation[]> {
  const [missing] = await missingRows(asked);
  if (missing) return [eventsMissing(missing, asked.time)];
  const silent = asked.live.find(({ kind }) => kind === 'events-silent');
  const last = silent && (await asked.journal.lastEvent(asked.settings.integration));
  if (!silent || !last || last.seenAt <= silent.seenAt) return [];
  return [{ ...happened(asked.time, last.at), kind: 'events-arrived', reason: null, details: last.event }];
}

async function missingRows({ settings, journal, listening, rows: due }: Asked): Promise<RowOf[]> {
  if (settings.expectEvents !== 'syslog' || due.length === 0) return [];
  const spans = await listening.spans();
  const rows = due.filter(({ row }) => wasHeard(row.at, spans));
  if (rows.length === 0) return [];
  const since = Math.min(...rows.map(({ row }) => row.at)) - hourMs;
  const entries = await journal.read(settings.integration, { since, limit: entriesRead });
  // The journal is full: what is not in it may have come all the same.
  return entries.length === entriesRead ? [] : rowsWithoutEvent(rows, entries);
}

/** Clocks differ, and a listener that just started has no connection yet. */
const aroundMs = minuteMs;

/** Whether a listener of ours was there from before the event until it was due: otherwise the silence may be our own. */
function wasHeard(at: Instant, spans: readonly ListeningSpan[]): boolean {
  return spans.some(({ since, until }) => since <= at - aroundMs && until >= at + eventGraceMs - aroundMs);
}

function eventsMissing({ account, row }: RowOf, time: LookTime): Observation {
  const reason = `Secret Server's audit has "${row.text}" of ${accountLabel(account)} at ${moment(row.at)}, and no event of it came.`;
  return { ...happened(time, row.at), kind: 'events-missing', reason, details: row.action };
}

function happened(time: LookTime, at: Instant) {
  return { ...lookBase(time, 'poll'), at, address: null, origin: 'unknown', appliance: null } as const;
}
