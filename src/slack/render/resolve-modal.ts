import type { KnownBlock, ModalView } from '@slack/types';
import type { Incident } from '../../domain/incident.ts';
import { context, limits, section } from '../blocks.ts';
import { blockIds, callbackIds, resolveValue } from '../ids.ts';
import { plain, say } from '../text.ts';
import { incidentTitle } from './incident.ts';

const longestInput = 1000;

/** The form of Resolve. `origin` is what it remembers: the incident, and where it was opened. */
export function resolveModal(incident: Incident, origin: string): ModalView {
  const guessed = incident.cause && incident.cause.id !== 'unknown' ? incident.cause.text : '';
  return {
    ...frame(origin),
    submit: { type: 'plain_text', text: 'Resolve' },
    blocks: [
      section([`*${say(incidentTitle(incident), 400)}*`]),
      input('cause', {
        label: 'Cause',
        hint: 'What it was. It stands on the card.',
        value: guessed,
        several: false,
      }),
      input('note', {
        label: 'Note',
        hint: 'For whoever has it next time. It stands in the thread too.',
        value: '',
        several: true,
      }),
      context(['If it happens again within a day, the incident opens again.']),
    ],
  };
}

/** What stands in the form until the incident is read: a trigger lasts 3 seconds, a store may not. */
export function resolveLoading(origin: string): ModalView {
  return { ...frame(origin), blocks: [section(['Loading…'])] };
}

function frame(origin: string) {
  return {
    type: 'modal',
    callback_id: callbackIds.resolve,
    private_metadata: origin,
    title: { type: 'plain_text', text: 'Resolve incident', emoji: false },
    close: { type: 'plain_text', text: 'Cancel' },
  } as const;
}

/** The form when there is nothing (more) to resolve: lines of ready `mrkdwn`. */
export function resolveWords(lines: readonly string[]): ModalView {
  return { ...frame(''), close: { type: 'plain_text', text: 'Close' }, blocks: [section(lines)] };
}

type Field = { label: string; hint: string; value: string; several: boolean };

function input(block: 'cause' | 'note', { label, hint, value, several }: Field): KnownBlock {
  const text = plain(value, Math.min(longestInput, limits.sectionText));
  return {
    type: 'input',
    block_id: blockIds[block],
    optional: true,
    label: { type: 'plain_text', text: label },
    hint: { type: 'plain_text', text: hint },
    element: {
      type: 'plain_text_input',
      action_id: resolveValue,
      multiline: several,
      max_length: longestInput,
      ...(text === '' ? {} : { initial_value: text }),
    },
  };
}
