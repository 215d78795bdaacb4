import { addressRange, contains } from './addresses.ts';
import { originOf } from './attribution.ts';
import type { CauseFacts } from './cause-facts.ts';
import { changedPassword, type StalePassword, stalePassword } from './cause-stale.ts';
import { unknownCause } from './cause-unknown.ts';
import type { Cause, CauseId } from './incident.ts';
import { moment, span } from './instant.ts';
import type { Origin } from './observation.ts';
import { placeText } from './observation-words.ts';
import { regularInterval } from './regular-interval.ts';

/** Looks for one cause: the cause with its evidence, or nothing where the facts do not bear it. */
type Suspect = (facts: CauseFacts) => Cause | null;

/**
 * The causes in the order in which they are believed. What Secret Server itself gave as a reason goes before what is
 * put together from several sources, and that before what is read from a pattern.
 */
const suspects: readonly (readonly [CauseId, Suspect])[] = [
  ['address-blocked', addressBlocked],
  ['mistyped-record', mistypedRecord],
  ['stale-qualys-record', staleRecord],
  ['other-client', otherClient],
  ['guessing', guessing],
];

/** The probable cause of an incident about logins or a changed password; null for incidents about something else. */
export function probableCause(facts: CauseFacts): Cause | null {
  const { kind } = facts.incident;
  if (kind === 'password-changed') return changedPassword(facts) ?? unknownCause(facts);
  if (kind !== 'account-locked' && kind !== 'login-failing') return null;
  for (const [, suspect] of suspects) {
    const cause = suspect(facts);
    if (cause) return cause;
  }
  return unknownCause(facts);
}

function addressBlocked(facts: CauseFacts): Cause | null {
  const { incident, allowed, failures } = facts;
  // Somebody else who is kept out by the restriction is what it is there for.
  const refused = failures.find(
    (row) => /InvalidIpAddress/i.test(row.notes) && originIn(facts, row.address) !== 'elsewhere',
  );
  const told =
    /InvalidIpAddress/i.test(incident.reason ?? '') && incident.addresses[0]?.origin !== 'elsewhere';
  const said = refused !== undefined || told;
  const from = attempts(facts, 'appliance').map(({ address }) => address);
  const outside = from.find((address) => address !== null && !isAllowed(address, allowed));
  if (!said && outside === undefined) return null;
  const address = outside ?? refused?.address ?? incident.addresses[0]?.address ?? 'the appliance';
  // Nobody is told to let in an address of which nobody knows whose it is.
  const known = originIn(facts, address) === 'appliance' || address === 'the appliance';
  const evidence = [
    ...(said ? ['Secret Server gave InvalidIpAddress as the reason.'] : []),
    ...(outside === undefined
      ? []
      : [`The address restriction leaves out ${outside}: it allows ${allowed?.join(', ')}.`]),
  ];
  return {
    id: 'address-blocked',
    text: `The address restriction does not let ${address} in.`,
    confidence: known ? 'high' : 'medium',
    evidence,
    next: known
      ? `Add ${address} to the address restriction of ${incident.account}.`
      : `If ${address} is an appliance of yours, add it to the address restriction of ${incident.account}; if not, find out who it is.`,
  };
}

/** No restriction, or one that could not be read, blocks nobody. */
function isAllowed(address: string, allowed: readonly string[] | null): boolean {
  if (allowed === null || allowed.length === 0) return true;
  return allowed.some((text) => {
    const range = addressRange(text);
    return range === undefined || contains(range, address);
  });
}

function mistypedRecord({ incident }: CauseFacts): Cause | null {
  if (incident.kind !== 'login-failing' || incident.about === null) return null;
  const [place] = incident.addresses.map(placeText);
  return {
    id: 'mistyped-record',
    text: `Somebody logs in as "${incident.about}", which does not exist; ${incident.account} does.`,
    confidence: incident.addresses.some(({ origin }) => origin === 'appliance') ? 'high' : 'medium',
    evidence: [
      `Secret Server's System Log says that "${incident.about}" does not exist${place ? ` (from ${place})` : ''}.`,
    ],
    next: `Correct the user name in the Qualys vault record to ${incident.account}.`,
  };
}

function staleRecord(facts: CauseFacts): Cause | null {
  const { incident, record } = facts;
  const stale = attempts(facts, 'appliance').length > 0 ? stalePassword(facts) : null;
  if (!stale) return null;
  const { changed, editedAt, confidence } = stale;
  const edited =
    record && editedAt !== null
      ? `; the vault record "${record.title}" was last edited ${moment(editedAt)}`
      : '';
  return {
    id: 'stale-qualys-record',
    text: `Qualys still sends the old password: it was changed in ${changed.where} at ${moment(changed.at)}${edited}.`,
    confidence,
    evidence: staleEvidence(facts, stale),
    next: `Put the new password into the Qualys vault record${incident.kind === 'account-locked' ? `, then unlock ${incident.account}` : ''}.`,
  };
}

function staleEvidence(facts: CauseFacts, { changed, editedAt }: StalePassword): string[] {
  const places = [...new Set(attempts(facts, 'appliance').map(placeText))].join(', ');
  return [
    `The failures come from ${places}.`,
    `The password was changed in ${changed.where} at ${moment(changed.at)}.`,
    editedAt === null
      ? 'When the Qualys vault record was last edited is not known.'
      : `The vault record was last edited before that, at ${moment(editedAt)}.`,
    ...(facts.auditRead ? [] : ['Whether the appliance logged in since then could not be read.']),
  ];
}

function otherClient(facts: CauseFacts): Cause | null {
  const { incident, logins, failures, alsoFailing } = facts;
  const addresses = [...new Set(attempts(facts, 'elsewhere').map(({ address }) => address))];
  const [address] = addresses;
  if (addresses.length !== 1 || address == null || alsoFailing.length > 0) return null;
  const before = logins.find((row) => row.address === address);
  const times = failures.filter((row) => row.address === address).map((row) => row.at);
  const everyMs = regularInterval(times);
  if (!before && everyMs === null) return null;
  return {
    id: 'other-client',
    text: `Another client at ${address} uses ${incident.account} with a wrong password.`,
    confidence: before ? 'high' : 'medium',
    evidence: [
      `The failures come from ${address}, which is no appliance's address.`,
      ...(before ? [`It logged in from there before, at ${moment(before.at)}.`] : []),
      ...(everyMs === null ? [] : [`They come every ${Math.round(everyMs / 1000)} seconds.`]),
    ],
    next: `Find the client at ${address}; it must not use the scan account.`,
  };
}

function guessing(facts: CauseFacts): Cause | null {
  const { incident, logins, alsoFailing, auditRead, settings } = facts;
  // An address is strange only to who has read the logins.
  if (!auditRead) return null;
  const seen = `not seen for this account in the last ${span(settings.scanEveryMs)}`;
  const strange = attempts(facts, 'elsewhere').filter(
    (one) => !logins.some((row) => row.address === one.address),
  );
  if (strange.length === 0) return null;
  const addresses = [...new Set(strange.flatMap(({ address }) => address ?? []))];
  const wide = addresses.length > 1 || alsoFailing.length > 0;
  return {
    id: 'guessing',
    text: `Somebody may be guessing the password of ${incident.account} from ${addresses.join(', ')}.`,
    confidence: wide ? 'high' : 'medium',
    evidence: [
      addresses.length === 1
        ? `The failures come from an address ${seen}.`
        : `The failures come from ${addresses.length} addresses ${seen}.`,
      ...(alsoFailing.length > 0 ? [`At the same time ${alsoFailing.join(', ')} failed too.`] : []),
    ],
    next: `Block ${addresses.join(', ')}, then unlock ${incident.account}.`,
  };
}

type Attempt = { address: string | null; appliance: string | null };

/** From where it failed: the incident's own addresses and the audit's, of one origin. */
function attempts(facts: CauseFacts, origin: Origin): Attempt[] {
  const { incident, failures, settings } = facts;
  const audited = failures.map(({ address }) => ({ address, ...originOf(address, settings) }));
  const all = [...incident.addresses, ...audited].filter((one) => one.origin === origin);
  return [
    ...new Map(all.map((one) => [one.address, { address: one.address, appliance: one.appliance }])).values(),
  ];
}

function originIn({ settings }: CauseFacts, address: string | null): Origin {
  return originOf(address, settings).origin;
}
