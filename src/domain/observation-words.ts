import type { Happening, Observation, SecretChecked, Sighting } from './observation.ts';

const words: { readonly [K in Happening]: string } = {
  'account-locked': 'Locked out',
  'account-unlocked': 'An event says: unlocked',
  login: 'Login',
  'login-failed': 'Failed login',
  'login-unknown-user': 'Failed login with a name that does not exist',
  'password-changed': 'Password changed',
  'secret-changed': 'Secret changed',
  'service-off': 'Turned off',
  'service-on': 'An event says: turned on',
  'heartbeat-failed': 'Heartbeat failed',
  'heartbeat-succeeded': 'An event says: heartbeat succeeded',
  'events-missing': 'Secret Server noted something whose event never came',
  'events-arrived': 'An event arrived',
  'look-failed': 'Vaultcheck could not look',
};

const services: Readonly<Record<string, string>> = {
  'web-services': 'web services',
  'force-https': 'force HTTPS',
};

/** A line of the timeline: what was seen, from where, why. */
export function observationText(observation: Observation): string {
  switch (observation.kind) {
    case 'account-state':
      return observation.locked ? 'Seen locked out' : 'Seen unlocked';
    case 'secret-checked':
      return checkedText(observation);
    case 'service-state':
      return observation.on ? 'Seen turned on' : 'Seen turned off';
    case 'heartbeat-state':
      return observation.succeeded ? 'Heartbeat seen to succeed' : 'Heartbeat seen to fail';
    case 'look-worked':
      return 'Vaultcheck can see again';
    default:
      return happeningText(observation);
  }
}

function checkedText({ newlyFailing, findings }: SecretChecked): string {
  if (newlyFailing.length === 0) return 'Checked';
  const finding = newlyFailing.map((id) => findings[id]).find((text) => text !== undefined);
  return `Failing now: ${newlyFailing.join(', ')}${finding ? `. ${finding}` : ''}`;
}

function happeningText(observation: Extract<Observation, { kind: Happening }>): string {
  const { kind, details, reason } = observation;
  const what = details ? `${words[kind]} (${services[details] ?? details})` : words[kind];
  const from = placeText(observation);
  const why = reason && !isSaid(observation) ? `: ${reason}` : '';
  return `${what}${from ? ` from ${from}` : ''}${why}`;
}

/** How the vault writes an edit: `LoginFailures: 4 to 5; IsLockedOut: false to true;`. */
export function isFieldChange(reason: string): boolean {
  return /\w: \S+ to \S+;/.test(reason);
}

const namedByKind: ReadonlySet<Happening> = new Set([
  'account-locked',
  'account-unlocked',
  'service-off',
  'service-on',
]);

/** The words say already what was edited: by the kind, or by details such as `RequiresApproval: true`. */
function isSaid({ kind, details, reason }: Extract<Observation, { kind: Happening }>): boolean {
  const named = namedByKind.has(kind) || details?.includes(': ') === true;
  return reason !== null && isFieldChange(reason) && named;
}

/** `appliance-01 (10.20.30.40)`, the address alone, or null where none was told. */
export function placeText({ address, appliance }: Pick<Sighting, 'address' | 'appliance'>): string | null {
  if (address === null) return appliance;
  return appliance === null ? address : `${appliance} (${address})`;
}
