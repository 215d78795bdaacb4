import type { ActOutcome } from '../app/incidents/act.ts';
import { GapError } from '../domain/gap.ts';
import type { Incident } from '../domain/incident.ts';
import type { Act } from '../domain/incident-table.ts';
import type { Ask } from './ask.ts';
import type { View } from './blocks.ts';
import type { Clicked } from './clicked.ts';
import { type Desk, permitted } from './desk.ts';
import { linesView, sentence } from './render/answer.ts';
import { outcomeLines } from './render/incident-answers.ts';

const awayIncidents =
  'The incidents cannot be reached at the moment, so nothing was changed. Try again in a minute.';

/** Why the incidents cannot be read: stored by another version, or out of reach for now. */
export function unreadText(error: unknown): string {
  return error instanceof GapError ? `${error.gap.detail} Nothing was changed.` : awayIncidents;
}

/** Whether somebody may act on incidents; the words for them when not. */
export async function refusedTo(desk: Desk, ask: Ask, what: string): Promise<View | null> {
  const rights = await permitted(desk, ask, { need: 'incidents', what });
  return 'refused' in rights ? sentence(rights.refused) : null;
}

/** Whether a click means all that stand on the card of a storm: it does on the card itself, not in a list. */
export async function meansAll({ desk, click }: Clicked, incident: Incident): Promise<boolean> {
  if (incident.storm !== incident.id || !click.message) return false;
  const card = await desk.incidents.records.message(incident.id);
  return card?.handle.ts === click.message.ts;
}

/** Does it to one, or to all of its storm that are not over. */
export async function actOn(desk: Desk, id: string, all: boolean, act: Act): Promise<ActOutcome[]> {
  const members = all ? await desk.incidents.records.storm(id) : [];
  const ids = members.filter(({ state }) => state !== 'resolved').map((one) => one.id);
  return Promise.all((ids.length > 0 ? ids : [id]).map((one) => desk.incidents.act(one, act)));
}

/** Acts, and gives the words for the person: what is so now, or who was faster. */
export async function actAndTell(clicked: Clicked, id: string, act: Act): Promise<View> {
  const { desk } = clicked;
  try {
    const incident = await desk.incidents.records.load(id);
    const all = incident !== null && (await meansAll(clicked, incident));
    return linesView(outcomeLines(await actOn(desk, id, all, act), act));
  } catch (error) {
    desk.log.error({ error: error instanceof Error ? error.name : '' }, 'An incident could not be changed');
    return sentence(unreadText(error));
  }
}
