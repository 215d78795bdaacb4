import { z } from 'zod';
import { type Json, objects, refusal, string } from '../shapes.ts';
import { Block, ViewContent } from './schema.ts';

type Issue = z.core.$ZodIssue;

/** Undocumented, found by users: all text of a message's blocks together (bolt-js issue 2509). */
const maxCharsOfAllBlocks = 13_200;
const maxBlocksOfMessage = 50;

/**
 * What Slack would say about the blocks of a message: its sentences with a JSON pointer each, empty when all is
 * well. Wrong nesting, too long, too many, unknown type or field, ids used twice.
 */
export function blockFaults(blocks: unknown): string[] {
  const checked = z.array(Block).max(maxBlocksOfMessage).safeParse(blocks);
  if (!checked.success) return sentences(checked.error.issues, blocks, '/blocks');
  return [...emptySections(objects(blocks), '/blocks'), ...twice(objects(blocks), '/blocks')];
}

/** The same for a modal or a home tab. A modal with an input needs a submit button. */
export function viewFaults(content: unknown): string[] {
  const checked = ViewContent.safeParse(content);
  if (!checked.success) return sentences(checked.error.issues, content, '/view');
  const { blocks, type } = checked.data;
  const asks = blocks.some((block) => block.type === 'input');
  const mute = type === 'modal' && asks && checked.data.submit === undefined;
  return [
    ...(mute ? ['[ERROR] missing required field: submit [json-pointer:/view]'] : []),
    ...emptySections(objects(blocks), '/view/blocks'),
    ...twice(objects(blocks), '/view/blocks'),
  ];
}

/** Throws Slack's refusal for the blocks of a message: `invalid_blocks` or `msg_blocks_too_long`. */
export function checkBlocks(blocks: unknown): Json[] {
  const faults = blockFaults(blocks);
  if (faults.length > 0) throw refusal('invalid_blocks', faults);
  const given = objects(blocks);
  const total = given.reduce((sum, block) => sum + textLength(block), 0);
  if (total > maxCharsOfAllBlocks) throw refusal('msg_blocks_too_long', []);
  return given;
}

/** Throws Slack's refusal for a view: `invalid_arguments`, with the places. */
export function checkView(content: unknown): Json {
  const faults = viewFaults(content);
  if (faults.length > 0) throw refusal('invalid_arguments', faults);
  return content as Json;
}

function sentences(issues: readonly Issue[], input: unknown, root: string): string[] {
  return issues.map((issue) => {
    const missing = issue.code === 'invalid_type' && at(input, issue.path) === undefined;
    const path = missing ? issue.path.slice(0, -1) : issue.path;
    const pointer = [root, ...path.map(String)].join('/');
    return `[ERROR] ${complaint(issue, input, missing)} [json-pointer:${pointer}]`;
  });
}

function complaint(issue: Issue, input: unknown, missing: boolean): string {
  if (missing) return `missing required field: ${String(issue.path.at(-1))}`;
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string'
        ? `must be less than ${Number(issue.maximum) + 1} characters`
        : `no more than ${issue.maximum} items allowed`;
    case 'too_small':
      return issue.origin === 'string'
        ? `must be more than ${Number(issue.minimum) - 1} characters`
        : `no fewer than ${issue.minimum} items allowed`;
    case 'unrecognized_keys':
      return `invalid additional property: ${issue.keys.join(', ')}`;
    case 'invalid_union':
      return `unsupported type: ${String(at(input, issue.path))}`;
    default:
      return `invalid value (${issue.code})`;
  }
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}

function emptySections(blocks: readonly Json[], root: string): string[] {
  return blocks.flatMap((block, index) =>
    block.type === 'section' && block.text === undefined && block.fields === undefined
      ? [`[ERROR] missing required field: text or fields [json-pointer:${root}/${index}]`]
      : [],
  );
}

/** A block_id may stand once in a message or view, an action_id once in its block. */
function twice(blocks: readonly Json[], root: string): string[] {
  const seen = new Set<string>();
  return blocks.flatMap((block, index) => {
    const blockId = string(block.block_id);
    const again = blockId !== '' && seen.has(blockId);
    seen.add(blockId);
    const actionIds = objects(block.elements)
      .map((element) => string(element.action_id))
      .filter((one) => one !== '');
    const repeated = actionIds.filter((one, place) => actionIds.indexOf(one) !== place);
    return [
      ...(again ? [`[ERROR] \`block_id\` already exists: ${blockId} [json-pointer:${root}/${index}]`] : []),
      ...repeated.map(
        (one) => `[ERROR] \`action_id\` already exists: ${one} [json-pointer:${root}/${index}/elements]`,
      ),
    ];
  });
}

function textLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + (key === 'text' && typeof inner === 'string' ? inner.length : textLength(inner)),
    0,
  );
}
