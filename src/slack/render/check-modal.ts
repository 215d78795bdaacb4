import type { ModalView, Option } from '@slack/types';
import type { Target } from '../../commands/targets.ts';
import { limits } from '../blocks.ts';
import { actionIds, blockIds, callbackIds } from '../ids.ts';
import { plain } from '../text.ts';

/** The modal of the shortcut: one secret, found by typing. `origin` is what it remembers of where it was opened. */
export function checkModal(origin: string): ModalView {
  return {
    type: 'modal',
    callback_id: callbackIds.checkSecret,
    private_metadata: origin,
    title: { type: 'plain_text', text: 'Check a secret' },
    submit: { type: 'plain_text', text: 'Check' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      {
        type: 'input',
        block_id: blockIds.secret,
        label: { type: 'plain_text', text: 'Secret' },
        hint: { type: 'plain_text', text: 'The names last seen. For any other, use the slash command.' },
        element: {
          type: 'external_select',
          action_id: actionIds.secret,
          min_query_length: 0,
          placeholder: { type: 'plain_text', text: 'Type a part of its name' },
        },
      },
    ],
  };
}

/** One choice of the modal. `key` stands for the target: names may be longer than a value of 75 characters. */
export function secretOption({ integration, secret }: Target, key: string): Option {
  const text = plain(`${secret} · ${integration}`, limits.optionText) || '–';
  return { text: { type: 'plain_text', text, emoji: false }, value: key };
}
