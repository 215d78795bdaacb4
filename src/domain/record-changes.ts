import { type Book, toldOf } from './book.ts';
import type { Change } from './changes.ts';
import type { Gap } from './gap.ts';
import {
  namelessRecords,
  recordsAs,
  recordsHere,
  recordsOfSecret,
  unreadRecords,
  unreadTypes,
} from './scanner-records.ts';
import type { Account, Context } from './settings.ts';
import { gapsOf, ifKnown } from './told.ts';

/**
 * Edits of the records of Qualys that the chain of one account hangs on: the vault record that carries it, and the
 * authentication records that name the secret. Nothing, and no gap, where no Qualys is configured.
 */
export function recordChanges(
  book: Book,
  account: Account,
  { settings, secret }: Context,
): { changes: Change[]; gaps: Gap[] } {
  if (!settings.qualys) return { changes: [], gaps: [] };
  const told = { vaults: toldOf(book, 'vaultRecords'), records: toldOf(book, 'authenticationRecords') };
  const vaults = ifKnown(told.vaults) ?? null;
  const records = ifKnown(told.records) ?? null;
  const here = recordsHere(vaults, settings);
  const carrying = recordsAs(account, here, settings).map((one) => one.record);
  const naming = recordsOfSecret(records, secret, here);
  return {
    changes: [
      ...carrying.flatMap((one) => editOf(one, 'the vault record')),
      ...naming.flatMap((one) => editOf(one, 'the authentication record')),
    ],
    gaps: [
      ...gapsOf([told.vaults, told.records]),
      ...(carrying.length === 0 ? unreadRecords(vaults) : []),
      ...unreadTypes(records),
      ...(naming.length === 0 ? namelessRecords(records, vaults, settings) : []),
      ...[...carrying, ...naming].flatMap(untoldEdit),
    ],
  };
}

function editOf(
  { title, lastModified }: { title: string; lastModified: number | null },
  what: string,
): Change[] {
  return lastModified === null
    ? []
    : [{ at: lastModified, what: `${what} “${title}” of Qualys`, otherClock: true }];
}

function untoldEdit({ title, lastModified }: { title: string; lastModified: number | null }): Gap[] {
  if (lastModified !== null) return [];
  const detail = `Qualys does not tell when “${title}” was last edited.`;
  return [{ source: 'qualys', cause: 'absent', detail }];
}
