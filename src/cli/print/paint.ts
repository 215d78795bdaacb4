import { styleText } from 'node:util';
import type { VerdictWord } from '../../domain/report.ts';

type Look = Parameters<typeof styleText>[0];

/** Colours text, or leaves it as it is. */
export type Paint = (look: Look, text: string) => string;

/** Whether there is colour was decided already, so nothing here looks at the process. */
export function painter(colour: boolean): Paint {
  return (look, text) => (colour ? styleText(look, text, { validateStream: false }) : text);
}

/** Each verdict's sign, word and look: never told by colour alone. */
export const verdictLooks: Record<VerdictWord, { sign: string; word: string; look: Extract<Look, string> }> =
  {
    pass: { sign: '✓', word: 'PASS', look: 'green' },
    warn: { sign: '!', word: 'WARNING', look: 'yellow' },
    fail: { sign: '✗', word: 'FAIL', look: 'red' },
    unknown: { sign: '?', word: 'UNKNOWN', look: 'magenta' },
    skipped: { sign: '–', word: 'SKIPPED', look: 'gray' },
  };
