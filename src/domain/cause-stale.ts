import { originOf } from './attribution.ts';
import type { CauseFacts } from './cause-facts.ts';
import type { Cause } from './incident.ts';
import { type Instant, moment } from './instant.ts';

/** A password that changed after Qualys' record was last edited. `editedAt`: null where that is not known. */
export type StalePassword = {
  changed: NonNullable<CauseFacts['passwordChanged']>;
  editedAt: Instant | null;
  confidence: 'high' | 'medium';
};

/** Null where nothing tells of a change, or Qualys has caught up with it: by an edit, or by a login of an appliance. */
export function stalePassword(facts: CauseFacts): StalePassword | null {
  const { passwordChanged: changed, record, logins, settings, auditRead } = facts;
  if (!changed) return null;
  const editedAt = record?.editedAt ?? null;
  if (editedAt !== null && editedAt > changed.at) return null;
  const isAppliance = (address: string | null) => originOf(address, settings).origin === 'appliance';
  if (logins.some((row) => row.at > changed.at && isAppliance(row.address))) return null;
  return { changed, editedAt, confidence: editedAt !== null && auditRead ? 'high' : 'medium' };
}

/**
 * What a changed password means to Qualys, whether or not a login failed yet: which record holds the old one. What failed
 * and what locked stands on a card of its own, and is not said here again.
 */
export function changedPassword(facts: CauseFacts): Cause | null {
  const stale = stalePassword(facts);
  if (!stale) return null;
  const { record, auditRead } = facts;
  const { changed, editedAt, confidence } = stale;
  const name = record ? `vault record "${record.title}"` : 'vault record';
  return {
    id: 'stale-qualys-record',
    text:
      editedAt === null
        ? `Nothing shows that the new password stands in the ${name} of Qualys.`
        : `The ${name} of Qualys holds the old password: it was last edited at ${moment(editedAt)}.`,
    confidence,
    evidence: [
      `The password was changed in ${changed.where} at ${moment(changed.at)}.`,
      ...(editedAt === null ? ['When the Qualys vault record was last edited is not known.'] : []),
      auditRead
        ? 'No appliance logged in since then.'
        : 'Whether the appliance logged in since then could not be read.',
    ],
    next: `Put the new password into the ${name} of Qualys before the next scan.`,
  };
}
