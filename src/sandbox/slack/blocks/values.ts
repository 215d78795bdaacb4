import { type Json, object, objects, Refusal, string } from '../shapes.ts';

/** What a person typed or chose in one element: words, the value of an option, or several values. */
export type Answer = string | readonly string[];

export interface PlacedElement {
  readonly blockId: string;
  readonly block: Json;
  readonly element: Json;
}

/** Every element that can be operated, with the block it stands in. */
export function elementsOf(blocks: readonly Json[]): PlacedElement[] {
  return blocks.flatMap((block) =>
    [block.element, block.accessory, ...objects(block.elements)]
      .map(object)
      .filter((element) => string(element.action_id) !== '')
      .map((element) => ({ blockId: string(block.block_id), block, element })),
  );
}

/** The element with this action_id; throws with the ids that exist, since a test asked for it by name. */
export function elementOf(blocks: readonly Json[], actionId: string, blockId?: string): PlacedElement {
  const all = elementsOf(blocks);
  const found = all.find(
    (one) => one.element.action_id === actionId && (blockId === undefined || one.blockId === blockId),
  );
  if (found) return found;
  const known = all.map(({ element }) => string(element.action_id)).join(', ') || 'none';
  throw new Refusal(`no element ${actionId} here (there is: ${known})`);
}

/** Slack names each block and element that the app left without an id. */
export function named(blocks: readonly Json[], nextId: (prefix: string) => string): Json[] {
  const withAction = (element: Json): Json =>
    element.type === 'image' || element.type === 'plain_text' || element.type === 'mrkdwn'
      ? element
      : { ...element, action_id: string(element.action_id) || nextId('a') };
  return blocks.map((block) => ({
    ...block,
    block_id: string(block.block_id) || nextId('b'),
    ...(block.element ? { element: withAction(object(block.element)) } : {}),
    ...(block.accessory ? { accessory: withAction(object(block.accessory)) } : {}),
    ...(block.type === 'actions' ? { elements: objects(block.elements).map(withAction) } : {}),
  }));
}

const chosenField: Readonly<Record<string, string>> = {
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  timepicker: 'selected_time',
  plain_text_input: 'value',
};

/** One element's part of `state.values`, in Slack's shape for its type. */
export function stateOf(element: Json, answer: Answer | undefined): Json {
  const type = string(element.type);
  const field = chosenField[type];
  if (field) return { type, [field]: answer === undefined || answer === '' ? null : String(answer) };
  if (type === 'checkboxes') {
    const values = answer === undefined ? [] : [answer].flat();
    return { type, selected_options: values.map((value) => optionOf(element, value)) };
  }
  return {
    type,
    selected_option: answer === undefined || answer === '' ? null : optionOf(element, String(answer)),
  };
}

/** What an element holds before anybody touches it. */
export function initialAnswer(element: Json): Answer | undefined {
  if (Array.isArray(element.initial_options)) {
    return objects(element.initial_options).map((option) => string(option.value));
  }
  const simple = [
    element.initial_value,
    element.initial_user,
    element.initial_conversation,
    element.initial_channel,
    element.initial_time,
    object(element.initial_option).value,
  ];
  return simple.find((value): value is string => typeof value === 'string');
}

/** What the app last suggested for an external select. */
const offers = new WeakMap<Json, readonly Json[]>();

export function offer(element: Json, options: readonly Json[]): void {
  offers.set(element, options);
}

/** The option as the app gave it or last suggested it. */
export function optionOf(element: Json, value: string): Json {
  const all = [
    ...objects(element.options),
    ...objects(element.option_groups).flatMap((group) => objects(group.options)),
    ...(offers.get(element) ?? []),
    object(element.initial_option),
  ];
  const found = all.find((option) => option.value === value);
  if (found) return found;
  if (element.type === 'external_select') {
    return { text: { type: 'plain_text', text: value, emoji: true }, value };
  }
  const known = all.map((option) => string(option.value)).join(', ');
  throw new Refusal(`no option ${value} in ${string(element.action_id)} (there is: ${known})`);
}

/** `state.values` of blocks: what was answered, else what each element starts with. */
export function stateValues(
  blocks: readonly Json[],
  answers: Readonly<Record<string, Readonly<Record<string, Answer>>>>,
): Json {
  const values: Record<string, Json> = {};
  for (const { blockId, element } of elementsOf(blocks)) {
    if (element.type === 'button' || element.type === 'overflow') continue;
    const actionId = string(element.action_id);
    const answer = answers[blockId]?.[actionId] ?? initialAnswer(element);
    values[blockId] = { ...values[blockId], [actionId]: stateOf(element, answer) };
  }
  return values;
}

/** The inputs that must be filled and are not: block_id → the words Slack shows under it. */
export function unanswered(blocks: readonly Json[], values: Json): Record<string, string> {
  const missing = blocks.filter((block) => {
    if (block.type !== 'input' || block.optional === true) return false;
    const { type: _type, ...held } = object(
      object(values[string(block.block_id)])[string(object(block.element).action_id)],
    );
    return Object.values(held).every((value) => value === null || (Array.isArray(value) && !value.length));
  });
  return Object.fromEntries(
    missing.map((block) => [string(block.block_id), 'Please complete this required field.']),
  );
}
