import { describe, expect, it } from 'vitest';
import { blockFaults, checkBlocks, viewFaults } from '../../../src/sandbox/slack/blocks/validate.ts';
import { actions, button, section } from './bolt-app.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const long = (length: number) => 'x'.repeat(length);
const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const option = (text: string, value = 'v') => ({ text: plain(text), value });
const menu = (type: string, count: number) => ({
  type: 'actions',
  elements: [{ type, action_id: 'a', options: many(count, option('o')) }],
});
const input = (label: string) => ({
  type: 'input',
  label: plain(label),
  element: { type: 'plain_text_input', action_id: 'value' },
});
const modal = (more: object) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Go'),
  blocks: [],
  ...more,
});

describe('the limits of blocks', () => {
  it.each([
    [
      'a header',
      { type: 'header', text: plain(long(150)) },
      { type: 'header', text: plain(long(151)) },
      '/blocks/0/text/text',
    ],
    ['a section', section(long(3000)), section(long(3001)), '/blocks/0/text/text'],
    [
      'fields',
      { type: 'section', fields: many(10, plain('f')) },
      { type: 'section', fields: many(11, plain('f')) },
      '/blocks/0/fields',
    ],
    [
      'a field',
      { type: 'section', fields: [plain(long(2000))] },
      { type: 'section', fields: [plain(long(2001))] },
      '/blocks/0/fields/0/text',
    ],
    [
      'a context',
      { type: 'context', elements: many(10, plain('c')) },
      { type: 'context', elements: many(11, plain('c')) },
      '/blocks/0/elements',
    ],
    [
      'a button’s text',
      actions(button('a', long(75))),
      actions(button('a', long(76))),
      '/blocks/0/elements/0/text/text',
    ],
    [
      'a button’s value',
      actions(button('a', 'A', long(2000))),
      actions(button('a', 'A', long(2001))),
      '/blocks/0/elements/0/value',
    ],
    [
      'an action_id',
      actions(button(long(255), 'A')),
      actions(button(long(256), 'A')),
      '/blocks/0/elements/0/action_id',
    ],
    ['an overflow menu', menu('overflow', 5), menu('overflow', 6), '/blocks/0/elements/0/options'],
    ['a select', menu('static_select', 100), menu('static_select', 101), '/blocks/0/elements/0/options'],
    [
      'an option’s text',
      { ...menu('overflow', 1) },
      { type: 'actions', elements: [{ type: 'overflow', action_id: 'a', options: [option(long(76))] }] },
      '/blocks/0/elements/0/options/0/text/text',
    ],
    [
      'alt text',
      { type: 'image', image_url: 'https://a.example/i.png', alt_text: long(2000) },
      { type: 'image', image_url: 'https://a.example/i.png', alt_text: long(2001) },
      '/blocks/0/alt_text',
    ],
    ['a label', input(long(2000)), input(long(2001)), '/blocks/0/label/text'],
  ])('of %s', (_name, within, beyond, pointer) => {
    expect(blockFaults([within])).toEqual([]);
    expect(blockFaults([beyond])).toEqual([expect.stringContaining(`[json-pointer:${pointer}]`)]);
  });

  it.each([
    ['an unknown type', [{ type: 'nonsense' }], 'unsupported type: nonsense'],
    ['an unknown field', [{ type: 'divider', colour: 'red' }], 'invalid additional property: colour'],
    ['a missing field', [{ type: 'header' }], 'missing required field: text'],
    ['a section of nothing', [{ type: 'section' }], 'missing required field: text or fields'],
    ['an empty text', [section('')], 'must be more than 0 characters'],
    ['mrkdwn in a header', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], '/blocks/0/text/type'],
    ['a block_id twice', many(2, { ...section('x'), block_id: 'same' }), '`block_id` already exists'],
    [
      'an action_id twice in a block',
      [actions(button('a', 'A'), button('a', 'B'))],
      '`action_id` already exists',
    ],
    ['51 blocks', many(51, section('x')), 'no more than 50 items allowed'],
    ['26 buttons', [actions(...many(26, button('a', 'A')))], 'no more than 25 items allowed'],
    ['no list at all', { type: 'divider' }, 'invalid'],
  ])('refuse %s', (_name, blocks, complaint) => {
    expect(blockFaults(blocks).join()).toContain(complaint);
  });

  it('count all text of a message together', () => {
    expect(checkBlocks(many(4, section(long(3000))))).toHaveLength(4);
    expect(() => checkBlocks(many(5, section(long(2700))))).toThrow('msg_blocks_too_long');
  });
});

describe('the limits of views', () => {
  it.each([
    ['title', { title: plain(long(24)) }, { title: plain(long(25)) }, 'must be less than 25 characters'],
    ['submit', { submit: plain(long(24)) }, { submit: plain(long(25)) }, 'must be less than 25 characters'],
    [
      'private_metadata',
      { private_metadata: long(3000) },
      { private_metadata: long(3001) },
      'less than 3001',
    ],
    ['callback_id', { callback_id: long(255) }, { callback_id: long(256) }, 'less than 256'],
    ['blocks', { blocks: many(100, section('x')) }, { blocks: many(101, section('x')) }, 'no more than 100'],
    [
      'an input without submit',
      { blocks: [input('Note')] },
      { blocks: [input('Note')], submit: undefined },
      'missing required field: submit',
    ],
  ])('%s', (_name, within, beyond, complaint) => {
    expect(viewFaults(modal(within))).toEqual([]);
    expect(viewFaults(modal(beyond)).join()).toContain(complaint);
  });
});
