import type { Ask } from './ask.ts';
import type { Desk } from './desk.ts';
import type { Click } from './payloads.ts';

/** One click: who, on what, and the acknowledgement for those who must open a view at once. */
export type Clicked = { desk: Desk; ask: Ask; click: Click; ack(): Promise<void> };

/** The answer to a value that this version does not read. */
export const oldButton =
  'This button is from another version of Vaultcheck and does nothing any more. Run the command again for a fresh message.';
