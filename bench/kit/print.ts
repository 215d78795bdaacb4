import type { Judged } from './judged.ts';
import type { Spread } from './stats.ts';

/** One line per figure, for people. */
export function lineOf({ what, unit, compare, compared, ours, peer, aim, met }: Judged): string {
  const verdict = met === null ? '' : met ? '  meets' : '  MISSES';
  const aimed = aim ? `  aim ${aimText(aim, compare, unit)}${verdict}` : '';
  const beside = peer ? `  (ours ${number(ours.median)} ${unit}, peer ${number(peer.median)} ${unit})` : '';
  return `  ${what}: ${comparedText(compared, compare, unit)}${aimed}${beside}`;
}

function comparedText({ min, median, max }: Spread, compare: Judged['compare'], unit: string): string {
  const sign = compare === 'ratio' ? ' ×' : ` ${unit}`;
  const plus = compare === 'difference' && median >= 0 ? '+' : '';
  return `${plus}${number(median)}${sign} [${number(min)} … ${number(max)}]`;
}

function aimText(aim: NonNullable<Judged['aim']>, compare: Judged['compare'], unit: string): string {
  const sign = compare === 'ratio' ? ' ×' : ` ${unit}`;
  return 'atMost' in aim ? `≤ ${number(aim.atMost)}${sign}` : `≥ ${number(aim.atLeast)}${sign}`;
}

function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
