import type { z } from 'zod';
import { askOfInteraction } from './ask.ts';
import type { View } from './blocks.ts';
import { type Clicked, oldButton } from './clicked.ts';
import { type Desk, firstTime } from './desk.ts';
import { asValue, blockIds, IncidentValue, ResolveOrigin, readValue, resolveValue } from './ids.ts';
import { actOn, meansAll, refusedTo, unreadText } from './incident-desk.ts';
import { openModal, updateModal } from './modal.ts';
import type { Submission } from './payloads.ts';
import { sentence } from './render/answer.ts';
import { outcomeLines } from './render/incident-answers.ts';
import { resolveLoading, resolveModal, resolveWords } from './render/resolve-modal.ts';

/** Opens the form at once, and fills it when the incident is read. */
export async function openResolve(clicked: Clicked): Promise<View | null> {
  const { desk, ask, click, ack } = clicked;
  const value = readValue(IncidentValue, click.actions[0]?.value);
  if (!value) return sentence(oldButton);
  const refused = await refusedTo(desk, ask, `incident.resolve ${value.id}`);
  if (refused) return refused;
  await ack();
  if (!(await firstTime(desk, ask, 'resolve'))) return null;
  const origin = { id: value.id, all: false, channel: ask.channel, reply: ask.reply };
  const opened = await openModal(desk, ask.trigger, resolveLoading(asValue(origin)));
  if ('code' in opened)
    return sentence(
      `Slack did not open the form (${opened.code}), so nothing was resolved. Click Resolve again.`,
    );
  const empty = await updateModal(desk, opened.shown, await filled(clicked, origin));
  return empty === null
    ? null
    : sentence(
        `Slack did not fill the form (${empty}). Close it and click Resolve again; nothing was resolved.`,
      );
}

async function filled(clicked: Clicked, origin: Omit<z.infer<typeof ResolveOrigin>, 'v'>) {
  const incident = await clicked.desk.incidents.records.load(origin.id).catch(unreadText);
  if (typeof incident === 'string') return resolveWords([incident]);
  if (incident === null) return resolveWords(['This incident is not kept any more.']);
  const all = await meansAll(clicked, incident).catch(() => false);
  if (!all && incident.resolution) {
    const { by, at } = incident.resolution;
    const over = { outcome: 'already', what: 'resolved', by, at, incident } as const;
    const act = { word: 'resolve', by: clicked.ask.person, cause: null, note: null } as const;
    return resolveWords(outcomeLines([over], act));
  }
  return resolveModal(incident, asValue({ ...origin, all }));
}

/** What the form answers: nothing (it closes), or who was faster. */
export async function submitResolve(
  desk: Desk,
  body: z.infer<typeof Submission>,
): Promise<object | undefined> {
  const origin = readValue(ResolveOrigin, body.view.private_metadata);
  if (!origin) return notTaken(oldButton);
  const here = askOfInteraction(body, desk.clock());
  const ask = { ...here, channel: origin.channel || here.channel, reply: origin.reply };
  const refused = await refusedTo(desk, ask, `submit incident.resolve ${origin.id}`);
  if (refused) return notTaken(refused.text);
  const { values } = body.view.state;
  const typed = (block: string) => values[block]?.[resolveValue]?.value?.trim() || null;
  const act = {
    word: 'resolve',
    by: ask.person,
    cause: typed(blockIds.cause),
    note: typed(blockIds.note),
  } as const;
  const outcomes = await actOn(desk, origin.id, origin.all, act).catch(unreadText);
  if (typeof outcomes === 'string') return notTaken(outcomes);
  const lost = outcomes.filter(({ outcome }) => outcome !== 'done');
  return lost.length === 0
    ? undefined
    : { response_action: 'update', view: resolveWords(outcomeLines(lost, act)) };
}

/** What stands under the field when the form cannot be taken. */
export function notTaken(text: string): object {
  return { response_action: 'errors', errors: { [blockIds.cause]: text } };
}
