import type { z } from 'zod';
import { type Ask, askOfInteraction, destination } from './ask.ts';
import { limits, type View } from './blocks.ts';
import { type Desk, firstTime, permitted } from './desk.ts';
import { asValue, blockIds, callbackIds, Origin, readValue } from './ids.ts';
import { startVerify } from './jobs.ts';
import { targetKey } from './known.ts';
import type { MessageShortcut, Submission, Suggesting } from './payloads.ts';
import { sentence } from './render/answer.ts';
import { checkModal, secretOption } from './render/check-modal.ts';
import { sentenceView } from './render/details.ts';
import { anyAnswer } from './web.ts';

/** Opens the modal that asks for a secret: slash commands cannot be used in threads, a shortcut can. */
export async function openCheck(
  desk: Desk,
  ask: Ask,
  body: z.infer<typeof MessageShortcut>,
  ack: () => Promise<void>,
): Promise<View | null> {
  if (body.callback_id !== callbackIds.checkSecret) {
    return sentence('This shortcut is from another version of Vaultcheck and does nothing any more.');
  }
  const rights = await permitted(desk, ask, { need: 'check', what: 'shortcut check.secret' });
  if ('refused' in rights) return sentence(rights.refused);
  await ack();
  if (!(await firstTime(desk, ask, 'shortcut'))) return null;
  const origin = asValue({ channel: ask.channel, reply: ask.reply } satisfies Omit<Origin, 'v'>);
  const view = checkModal(
    origin.length <= limits.privateMetadata ? origin : asValue({ channel: '', reply: null }),
  );
  const opened = await desk.web.call('views.open', { trigger_id: ask.trigger, view }, anyAnswer);
  return opened.ok
    ? null
    : sentence(`Slack did not open the form (${opened.fault.code}). Try the shortcut again.`);
}

/** What the form answers: the payload of its acknowledgement. */
export async function submitCheck(desk: Desk, body: z.infer<typeof Submission>): Promise<object> {
  if (body.view.callback_id !== callbackIds.checkSecret) return { response_action: 'clear' };
  const here = askOfInteraction(body, desk.clock());
  const origin = readValue(Origin, body.view.private_metadata);
  const ask = { ...here, channel: origin?.channel || here.channel, reply: origin?.reply ?? null };
  const rights = await permitted(desk, ask, { need: 'check', what: 'submit check.secret' });
  if ('refused' in rights) return wrong(rights.refused);
  const values = Object.values(body.view.state.values[blockIds.secret] ?? {});
  const target = await desk.known.byKey(values[0]?.selected_option?.value ?? '');
  if (!target) return wrong('This secret is not known any more. Pick another, or use the slash command.');
  await startVerify(desk, ask, target, destination(ask, 'person'));
  const text = `Checking ${target.secret} · ${target.integration}… The report comes to you alone; you can close this.`;
  return { response_action: 'update', view: sentenceView('Check a secret', text) };
}

/** What stands under the field when the form cannot be taken. */
export function wrong(text: string): object {
  return { response_action: 'errors', errors: { [blockIds.secret]: text } };
}

/** The choices while somebody types. Names are told only to those who may check them. */
export async function suggestSecrets(desk: Desk, body: z.infer<typeof Suggesting>): Promise<object> {
  const rights = await desk.access.rightsOf(askOfInteraction(body, desk.clock()));
  if ('refused' in rights || !rights.permissions.has('check')) return { options: [] };
  const found = await desk.known.matching(body.value, limits.options);
  return { options: found.map((target) => secretOption(target, targetKey(target))) };
}
