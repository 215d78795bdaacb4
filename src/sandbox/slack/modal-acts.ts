import { type Answers, blocksOf, personOf } from './acts.ts';
import { type Answer, elementOf, elementsOf, offer, stateValues, unanswered } from './blocks/values.ts';
import type { Engine } from './engine.ts';
import { interaction, surface } from './payloads.ts';
import {
  type Delivery,
  type Json,
  type Message,
  object,
  objects,
  Refusal,
  string,
  type View,
} from './shapes.ts';
import { changeView, closeModal, findView, showModal, viewJson } from './views.ts';

/** block_id → what was entered (or action_id → that, where the block alone is not clear). */
export type Entries = Readonly<Record<string, Answer | Readonly<Record<string, Answer>>>>;

export interface Submission {
  /** Absent when the form was not complete: Slack asks the person first and sends nothing. */
  readonly delivery?: Delivery;
  /** block_id → what is wrong with it. */
  readonly errors: Readonly<Record<string, string>>;
  /** What the person reads at the foot of the modal when the app did not answer, or not sensibly. */
  readonly trouble?: string;
}

/** Presses a modal's submit button and does what the app answers: errors, update, push, clear, or close. */
export async function submit(
  engine: Engine,
  who: string,
  viewId: string,
  entries: Entries,
): Promise<Submission> {
  const { state } = engine;
  const view = openView(engine, viewId);
  const blocks = blocksOf(view);
  view.values = stateValues(blocks, answersOf(blocks, entries));
  const missing = unanswered(blocks, view.values);
  if (Object.keys(missing).length > 0) return { errors: missing };
  const delivery = await engine.deliveries.deliver('interactive', {
    ...interaction(personOf(engine, who), 'view_submission'),
    trigger_id: engine.triggers.issue(who),
    view: viewJson(view),
    response_urls: [],
  });
  state.changed();
  if (delivery.failure) {
    return { delivery, errors: {}, trouble: 'We had some trouble connecting. Try again?' };
  }
  return { delivery, ...respond(engine, view, delivery.answer ?? {}) };
}

function respond({ state }: Engine, view: View, reply: Json): Omit<Submission, 'delivery'> {
  try {
    switch (reply.response_action) {
      case 'errors':
        return { errors: object(reply.errors) as Record<string, string> };
      case 'update':
        changeView(state, view, reply.view);
        return { errors: {} };
      case 'push':
        showModal(state, view.person, reply.view);
        return { errors: {} };
      default:
        closeModal(state, view, reply.response_action === 'clear');
        return { errors: {} };
    }
  } catch (error) {
    const why = error instanceof Refusal ? `${error.code} ${JSON.stringify(error.more)}` : String(error);
    return { errors: {}, trouble: `The app's answer could not be shown: ${why}` };
  }
}

/** Closes a modal by its cross; the app hears of it where it asked to. */
export async function dismiss(engine: Engine, who: string, viewId: string): Promise<void> {
  const view = openView(engine, viewId);
  closeModal(engine.state, view, view.content.clear_on_close === true);
  if (view.content.notify_on_close !== true) return;
  await engine.deliveries.deliver('interactive', {
    ...interaction(personOf(engine, who), 'view_closed'),
    view: viewJson(view),
    is_cleared: view.content.clear_on_close === true,
  });
}

export interface Suggestion {
  readonly person: string;
  readonly target: Message | View;
  readonly actionId: string;
  readonly typed: string;
}

/** Types into an external select: what the app offers, kept with the element so that one can be picked. */
export async function suggest(engine: Engine, asked: Suggestion): Promise<Json[]> {
  const person = personOf(engine, asked.person);
  const { element, blockId } = elementOf(blocksOf(asked.target), asked.actionId);
  // Options are asked for by the surface, without a URL to answer to.
  const { response_url: _url, ...place } = surface(engine, person, asked.target);
  const delivery = await engine.deliveries.deliver('interactive', {
    ...interaction(person, 'block_suggestion'),
    ...place,
    action_id: asked.actionId,
    block_id: blockId,
    value: asked.typed,
  });
  const groups = objects(delivery.answer?.option_groups).flatMap((group) => objects(group.options));
  const offered = [...objects(delivery.answer?.options), ...groups].slice(0, 100);
  offer(element, offered);
  return offered;
}

function openView({ state }: Engine, id: string): View {
  const view = findView(state, id);
  if (view) return view;
  throw new Error(
    `No view ${id} is open. There are: ${state.modals.map((one) => one.id).join(', ') || 'none'}.`,
  );
}

/** Entries by block go to the one element that the block holds. */
function answersOf(blocks: readonly Json[], entries: Entries): Answers {
  const placed = elementsOf(blocks);
  return Object.fromEntries(
    Object.entries(entries).map(([blockId, entry]) => {
      const own = placed.find((one) => one.blockId === blockId);
      if (!own) throw new Error(`The modal has no block ${blockId}.`);
      const whole = typeof entry === 'object' && !Array.isArray(entry);
      return [blockId, whole ? entry : { [string(own.element.action_id)]: entry }];
    }),
  ) as Answers;
}
