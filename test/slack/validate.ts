/**
 * What Slack refuses, by its documented limits (docs.slack.dev/reference/block-kit/blocks), and what must never happen
 * beside: a mention or a link out of foreign text. Independent of the builders, so that both must be wrong to agree.
 */
type Node = { readonly [key: string]: unknown };

/** The problems of a message or a view; none when Slack would take it. */
export function problemsOf(view: unknown): string[] {
  const node = view as Node;
  const modal = node.type === 'modal';
  const blocks = (node.blocks ?? []) as Node[];
  const problems = blocks.flatMap((block, index) =>
    blockProblems(block).map((one) => `blocks[${index}]: ${one}`),
  );
  if (blocks.length > (modal ? 100 : 50)) problems.push(`${blocks.length} blocks`);
  if (JSON.stringify(blocks).length > 13_200) problems.push('msg_blocks_too_long');
  if (!modal) problems.push(...textProblems(node.text, 4000, 'text'));
  if (modal) problems.push(...textProblems((node.title as Node).text, 24, 'title'));
  return [...problems, ...dangers(view)];
}

/** Everything in angle brackets that is not a date, a person, a group, a channel or a link of our own making. */
function dangers(value: unknown): string[] {
  if (typeof value === 'string') {
    const marks = value.match(/<[^>]*>?/g) ?? [];
    const own =
      /^<(!date\^\d+\^\{date_short_pretty\} \{time\}\|[\d: -]+ UTC|@[UW][A-Z0-9]+|#C[A-Z0-9]+|!subteam\^S[A-Z0-9]+|https:\/\/wiki\.[^|<>]*\|[^|<>]*)>$/;
    return marks.filter((mark) => !own.test(mark)).map((mark) => `mark ${mark}`);
  }
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  if (node.type === 'plain_text') return [];
  const entries = Object.entries(node).filter(
    ([key]) => !['value', 'private_metadata', 'initial_value'].includes(key),
  );
  return entries.flatMap(([, one]) => dangers(one));
}

function textProblems(text: unknown, max: number, what: string): string[] {
  if (typeof text !== 'string' || text === '') return [`${what} is empty`];
  return text.length > max ? [`${what} has ${text.length} characters`] : [];
}

function blockProblems(block: Node): string[] {
  const text = (block.text as Node | undefined)?.text;
  switch (block.type) {
    case 'header':
      return textProblems(text, 150, 'header');
    case 'section':
      return [...textProblems(text, 3000, 'section'), ...verbatim(block.text), ...buttons([block.accessory])];
    case 'context':
      return contextProblems(block.elements as Node[]);
    case 'actions':
      return buttons(block.elements as Node[]);
    case 'divider':
    case 'input':
      return [];
    default:
      return [`unknown block ${String(block.type)}`];
  }
}

function contextProblems(elements: readonly Node[]): string[] {
  const count = elements.length < 1 || elements.length > 10 ? [`${elements.length} elements`] : [];
  return [
    ...count,
    ...elements.flatMap((one) => [...textProblems(one.text, 2000, 'context'), ...verbatim(one)]),
  ];
}

function verbatim(text: unknown): string[] {
  return (text as Node).verbatim === true ? [] : ['foreign text is not verbatim'];
}

function buttons(elements: readonly unknown[]): string[] {
  const all = elements.filter((one) => one !== undefined) as Node[];
  const ids = all.map((one) => one.action_id);
  const problems = all.flatMap((one) => [
    ...(one.type === 'overflow' ? optionProblems(one.options as Node[]) : []),
    ...textProblems(one.action_id, 255, 'action_id'),
  ]);
  const pressed = all.filter((one) => one.type !== 'overflow');
  const pressedProblems = pressed.flatMap((one) => [
    ...textProblems((one.text as Node).text, 75, 'button'),
    ...textProblems(one.value, 2000, 'value'),
  ]);
  problems.push(...pressedProblems);
  if (all.length > 25) problems.push(`${all.length} buttons`);
  if (elements.length === 0) problems.push('no elements');
  return new Set(ids).size === ids.length ? problems : [...problems, 'two buttons of one action_id'];
}

function optionProblems(options: readonly Node[]): string[] {
  const count = options.length < 1 || options.length > 5 ? [`${options.length} options`] : [];
  const each = options.flatMap((one) => [
    ...textProblems((one.text as Node).text, 75, 'option'),
    ...textProblems(one.value, 75, 'option value'),
  ]);
  return [...count, ...each];
}
