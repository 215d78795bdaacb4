import type { KnownBlock } from '@slack/types';
import type { Incident } from '../../domain/incident.ts';
import { unreadIncidents } from '../../domain/unread.ts';
import { actions, context, header, section, taken, type View } from '../blocks.ts';
import { say } from '../text.ts';
import { sentence, suggestionButtons } from './answer.ts';
import { incidentTitle } from './incident.ts';
import { type CardFrame, incidentButtons, ownerLines, resolutionLines } from './incident-parts.ts';
import { sightingText, stepOf } from './incident-words.ts';

/** How many incidents stand on one page of a list. */
export const incidentsOnPage = 10;

export type ListLook = {
  frameOf(integration: string): Pick<CardFrame, 'escalation'>;
  title: string;
  /** The text of the command that shows this list; `page` counts from 1. */
  words: string;
  page: number;
  /** Whether another page follows. */
  more: boolean;
  /** Open ones that another version stored and this one cannot show. */
  unread: number;
};

/** A page of incidents, each with the buttons that still apply. */
export function incidentListView(incidents: readonly Incident[], look: ListLook): View {
  const { title, page } = look;
  const unread = look.unread > 0 ? [`⚠️ ${unreadIncidents(look.unread)}`] : [];
  if (incidents.length === 0)
    return sentence(unread[0] ?? (page > 1 ? 'There are no more.' : `${title}: none. ✅`));
  const where = page > 1 ? ` · page ${page}` : '';
  const rows = incidents.map((one) => ({ one, blocks: incidentRow(one, look.frameOf(one.integration)) }));
  const turns = turnButtons(look);
  const blocks = taken([header(`${title}${where}`), ...rows.flatMap((row) => row.blocks)], (left) => [
    ...(left > 0 ? [context(['_Not all fit here: `vaultcheck incidents` shows all._'])] : []),
    ...(unread.length > 0 ? [context(unread)] : []),
    ...(turns.length > 0 ? [actions(turns)] : []),
  ]);
  const text = incidents.slice(0, 5).map((one) => say(incidentTitle(one), 300));
  return { text: [say(`${title}${where}`, 200), ...text, ...unread].join('\n'), blocks };
}

export function incidentRow(incident: Incident, frame: Pick<CardFrame, 'escalation'>): KnownBlock[] {
  const rest =
    incident.state === 'resolved'
      ? resolutionLines(incident)
      : [...ownerLines(incident), say(sightingText(incident), 250), `*Do*  ${say(stepOf(incident), 250)}`];
  return [
    section([`*${say(incidentTitle(incident), 250)}*`, ...rest]),
    ...incidentButtons({ incident, storm: [incident] }, frame),
  ];
}

function turnButtons({ words, page, more }: ListLook) {
  const turn = (label: string, to: number) => ({ label, words: `${words} page ${to}` });
  return suggestionButtons([
    ...(page > 1 ? [turn('Previous page', page - 1)] : []),
    ...(more ? [turn('Next page', page + 1)] : []),
  ]);
}
