import type { Instant } from '../../domain/instant.ts';
import { accountLabel } from '../../domain/scan-account.ts';
import { recordsAs, recordsHere } from '../../domain/scanner-records.ts';
import type { Account } from '../../domain/settings.ts';
import type { Integration } from '../integration.ts';
import { type Question, withDoor } from '../question.ts';
import { toldOf } from '../told.ts';

/** Qualys is asked one question after the other, and a poll is not to wait for its whole queue. */
const deadlineMs = 20_000;

export type RecordEdits = (account: Account) => Instant | null;

export const unknownEdits: RecordEdits = () => null;

/**
 * When the vault record of each account was last edited; null where that is not known. Of several records the one
 * edited longest ago decides: it sends the oldest password.
 */
export async function recordEdits(integration: Integration, question: Question): Promise<RecordEdits> {
  const { settings, sources } = integration;
  if (!sources.scanner) return unknownEdits;
  const told = await toldOf(
    withDoor(integration, { ...question, deadlineMs }, 'the vault records of Qualys', ({ ask }) =>
      ask('vaultRecords'),
    ),
  );
  if ('gap' in told) return unknownEdits;
  const here = recordsHere(told.known, settings);
  const edits = new Map(
    settings.scanAccounts.map((account) => {
      const times = recordsAs(account, here, settings).map(({ record }) => record.lastModified);
      return [accountLabel(account), oldest(times)] as const;
    }),
  );
  return (account) => edits.get(accountLabel(account)) ?? null;
}

function oldest(times: readonly (Instant | null)[]): Instant | null {
  const known = times.filter((at) => at !== null);
  return known.length > 0 && known.length === times.length ? Math.min(...known) : null;
}
