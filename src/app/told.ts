import { GapError } from '../domain/gap.ts';
import type { Account, Settings } from '../domain/settings.ts';
import type { Told } from '../domain/told.ts';

/** What a question brought: its answer, or the gap. Anything but a GapError is a bug of ours and passes through. */
export async function toldOf<T>(asked: Promise<T>): Promise<Told<T>> {
  try {
    return { known: await asked };
  } catch (error) {
    if (error instanceof GapError) return { gap: error.gap };
    throw error;
  }
}

/** The answer, or its gap thrown again. */
export function orThrow<T>(told: Told<T>): T {
  if ('gap' in told) throw new GapError(told.gap);
  return told.known;
}

/** The same question about every scan account at once; a gap of one is not a gap of the others. */
export async function forEachScanAccount<T>(
  { scanAccounts }: Settings,
  ask: (account: Account) => Promise<T>,
): Promise<{ account: Account; told: Told<T> }[]> {
  return Promise.all(scanAccounts.map(async (account) => ({ account, told: await toldOf(ask(account)) })));
}
