import type { CauseFacts } from './cause-facts.ts';
import type { Cause } from './incident.ts';
import { moment, plural } from './instant.ts';

/** Nothing fits: says what was looked at and found, and first what could not be, since that may be where it lies. */
export function unknownCause(facts: CauseFacts): Cause {
  const { incident, gaps, settings } = facts;
  const noAddresses = !settings.appliances.some((one) => one.addresses.length > 0);
  return {
    id: 'unknown',
    text: 'Nothing that was looked at explains it.',
    confidence: 'low',
    evidence: [
      ...auditText(facts),
      ...gaps.map(({ detail }) => detail),
      ...(noAddresses ? ["No appliance's address is configured, so nobody can tell who fails."] : []),
      passwordText(facts),
      ...recordText(facts),
      ...restrictionText(facts),
    ],
    next: `Read the audit trail of ${incident.account}.`,
  };
}

/** A trail that could not be read is among the gaps. */
function auditText({ auditRead, failures, incident }: CauseFacts): string[] {
  return auditRead
    ? [`Looked at: ${plural(failures.length, 'failed login')} in the audit of ${incident.account}.`]
    : [];
}

function passwordText({ passwordChanged }: CauseFacts): string {
  return passwordChanged
    ? `The password was last changed in ${passwordChanged.where} at ${moment(passwordChanged.at)}.`
    : 'No source tells when the password was last changed.';
}

function recordText({ record, settings }: CauseFacts): string[] {
  if (settings.qualys === null) return ['Qualys is not configured, so its vault record was not looked at.'];
  if (record === null || record.editedAt === null) return [];
  return [`The vault record "${record.title}" of Qualys was last edited at ${moment(record.editedAt)}.`];
}

function restrictionText({ allowed }: CauseFacts): string[] {
  if (allowed === null) return [];
  return [
    allowed.length === 0
      ? 'No address restriction is set.'
      : `The address restriction allows ${allowed.join(', ')}.`,
  ];
}
