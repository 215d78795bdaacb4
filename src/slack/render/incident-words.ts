import { type Incident, type IncidentKind, stateOf } from '../../domain/incident.ts';
import { moment, plural, span } from '../../domain/instant.ts';
import { isFieldChange } from '../../domain/observation-words.ts';

type Told = Pick<Incident, 'kind' | 'about' | 'state' | 'snoozed' | 'severity'>;

/** What happened, in the word that heads the card. */
const titles: { readonly [K in IncidentKind]: string } = {
  'account-locked': 'LOCKED OUT',
  'login-failing': 'LOGIN FAILING',
  'password-changed': 'PASSWORD CHANGED',
  'unexpected-login': 'UNEXPECTED LOGIN',
  'secret-changed': 'SECRET CHANGED',
  'service-changed': 'SERVICE CHANGED',
  'heartbeat-failed': 'HEARTBEAT FAILED',
  'events-silent': 'NO EVENTS COME',
  'check-failed': 'CHECK FAILED',
  'watch-blind': 'VAULTCHECK CANNOT SEE',
};

const services: Readonly<Record<string, string>> = {
  'web-services': 'WEB SERVICES OFF',
  'force-https': 'FORCE HTTPS OFF',
};

export function titleOf({ kind, about }: Pick<Incident, 'kind' | 'about'>): string {
  return (kind === 'service-changed' && services[about ?? '']) || titles[kind];
}

/** The same when it is over: `was locked out for 41 minutes`. */
const past: { readonly [K in IncidentKind]: string } = {
  'account-locked': 'was locked out',
  'login-failing': 'could not log in',
  'password-changed': 'Qualys had the old password',
  'unexpected-login': 'unexpected login',
  'secret-changed': 'the secret was changed',
  'service-changed': 'was turned off',
  'heartbeat-failed': 'heartbeat failed',
  'events-silent': 'no events came',
  'check-failed': 'a check failed',
  'watch-blind': 'Vaultcheck could not see',
};

const pastServices: Readonly<Record<string, string>> = {
  'web-services': 'web services were off',
  'force-https': 'force HTTPS was off',
};

export function pastOf({ kind, about, since, resolution }: Incident): string {
  const what = (kind === 'service-changed' && pastServices[about ?? '']) || past[kind];
  return `${what}${resolution ? ` for ${span(Math.max(0, resolution.at - since))}` : ''}`;
}

const severitySigns = { critical: '🔴', high: '🟠', medium: '🟡' } as const;

/** Seen while scrolling, and never without its word. */
export function signOf(incident: Told): string {
  const state = stateOf(incident);
  if (state === 'open') return severitySigns[incident.severity];
  return ({ acknowledged: '🔵', snoozed: '💤', resolved: '🟢' } as const)[state];
}

/** The account, the secret, or for what concerns neither nothing. */
export function subjectOf({ account, secret }: Pick<Incident, 'account' | 'secret'>): string | null {
  return account ?? secret;
}

/** `svc-qualys · corp`. */
export function placeOf(incident: Pick<Incident, 'account' | 'secret' | 'integration'>): string {
  const subject = subjectOf(incident);
  return subject === null ? incident.integration : `${subject} · ${incident.integration}`;
}

const defaultSteps: { readonly [K in IncidentKind]: string } = {
  'account-locked':
    'Find out who sends a wrong password and correct it there, then unlock the account in Secret Server. Unlocked first, it locks again.',
  'login-failing':
    'Compare the user name and password in the Qualys vault record with the account in Secret Server, before it locks.',
  'password-changed': 'Put the new password into the Qualys vault record.',
  'unexpected-login':
    'Ask who logs in with this account from there. If nobody knows, change its password in Secret Server and in Qualys.',
  'secret-changed': 'Look at the secret in Secret Server and undo the change, or take it over in Qualys.',
  'service-changed': 'Turn it on again in Secret Server, under Admin › Configuration.',
  'heartbeat-failed': 'Set the password of the target account in the secret, then run the heartbeat again.',
  'events-silent':
    'Look at the Syslog/CEF settings of Secret Server, and at the firewall between it and Vaultcheck.',
  'check-failed': 'Run the check and follow the remedy in its report.',
  'watch-blind': 'Run `vaultcheck doctor`: it says what cannot be reached, and why.',
};

/** The one thing to do: by the cause where it is known, else by what happened. */
export function stepOf({ kind, cause }: Pick<Incident, 'kind' | 'cause'>): string {
  return cause?.next || defaultSteps[kind];
}

const failures: ReadonlySet<IncidentKind> = new Set(['account-locked', 'login-failing']);
const placesShown = 3;

/** Since when, how often, from where; sentences with moments, for `say`. */
export function sightingText(incident: Incident): string {
  const { since, count, failures: tries, addresses, kind, reason, checks } = incident;
  const places = addresses.flatMap(({ address, appliance }) => placeText(address, appliance) ?? []);
  const shown = [...new Set(places)].slice(0, placesShown);
  const more = new Set(places).size - shown.length;
  const from = shown.length > 0 ? ` from ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}` : '';
  const seen = kind === 'password-changed' ? changedText(incident) : `seen ${times(count)}${from}`;
  const what = failures.has(kind) && tries > 0 ? `${plural(tries, 'failed login')}${from}` : seen;
  const failing = checks.length > 0 ? `: ${checks.join(', ')}` : '';
  // The title says an edit in words.
  const why = reason === null || isFieldChange(reason) ? '' : ` (${reason})`;
  return `${moment(since)} · ${what}${failing}${why}`;
}

function changedText({ about, count }: Incident): string {
  return count === 1 ? `changed ${about ?? 'in Secret Server'}` : `changed ${times(count)}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function placeText(address: string | null, appliance: string | null): string | null {
  if (address === null) return appliance;
  return appliance === null ? address : `${appliance} (${address})`;
}

/** What does not work because of it, or null when nothing is known of that. */
export function breaksText({ breaks }: Pick<Incident, 'breaks'>): string | null {
  if (!breaks || (breaks.secrets.length === 0 && breaks.scans.length === 0)) return null;
  const names = breaks.secrets.slice(0, 3).join(', ');
  const rest = breaks.secrets.length > 3 ? ' …' : '';
  const secrets =
    breaks.secrets.length > 0 ? [`${plural(breaks.secrets.length, 'secret')} (${names}${rest})`] : [];
  const scans = breaks.scans.slice(0, 2).map(({ title, at }) => `the scan "${title}" of ${moment(at)}`);
  const others = breaks.scans.length - scans.length;
  return [...secrets, ...scans, ...(others > 0 ? [`${plural(others, 'more scan')}`] : [])].join('; ');
}
