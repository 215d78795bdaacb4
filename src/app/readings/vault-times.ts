import type { VaultClock, VaultUser } from '../../domain/evidence/account.ts';
import type { SecretSummary } from '../../domain/evidence/secret.ts';
import { GapError } from '../../domain/gap.ts';
import type { Instant } from '../../domain/instant.ts';
import { instantOf, trailStartOf } from '../../domain/vault-clock.ts';
import type { SecretSummaryRead, Trail, VaultTime, VaultUserRead } from '../../ports/vault.ts';
import type { BatchDoor } from '../reading.ts';
import { toldOf } from '../told.ts';

/**
 * The vault's clock for dates that a record carries (an expiry, a change). Where it is not known they are read as UTC,
 * since an account must not become unknown for it: a rule that depends on hours asks `dateBlurMs` how far they may be
 * off. Trails never use this.
 */
export async function clockForDates(from: BatchDoor): Promise<VaultClock> {
  const told = await toldOf(from.ask('vaultClock'));
  return 'known' in told ? told.known : { kind: 'offset', minutes: 0, how: 'UTC was assumed.' };
}

export function userWithMoments(user: VaultUserRead, clock: VaultClock): VaultUser {
  return {
    ...user,
    lastLogin: momentOf(clock, user.lastLogin),
    passwordLastChanged: momentOf(clock, user.passwordLastChanged),
    expires: momentOf(clock, user.expires),
  };
}

export function summaryWithMoments(summary: SecretSummaryRead, clock: VaultClock): SecretSummary {
  return {
    ...summary,
    createdAt: momentOf(clock, summary.createdAt),
    lastPasswordChangeAttempt: momentOf(clock, summary.lastPasswordChangeAttempt),
  };
}

function momentOf(clock: VaultClock, time: VaultTime | null): Instant | null {
  return time === null ? null : instantOf(clock, time);
}

/** Where a trail starts, for the port, and what of it lies within the window. */
export type Window = { clock: VaultClock; start: Instant };

export function rangeOf({ clock, start }: Window) {
  return { since: trailStartOf(clock, start) };
}

/** The rows within the window, with moments. Throws `truncated` when the trail was cut before its start. */
export function rowsWithin<R extends { at: VaultTime }>(
  trail: Trail<R>,
  { clock, start }: Window,
  whose: string,
): (Omit<R, 'at'> & { at: Instant })[] {
  if (trail.cut) {
    const detail = `The audit of ${whose} has more rows than are read (${trail.rows.length}), and the window reaches further back.`;
    throw new GapError({ source: 'secret-server', cause: 'truncated', detail });
  }
  return trail.rows.map((row) => ({ ...row, at: instantOf(clock, row.at) })).filter((row) => row.at >= start);
}
