/**
 * Which failing check explains which other failure. Read a line as: while the left one fails, a failure of the right
 * ones is its consequence and no cause of its own. There is no circle in it, and advice explains nothing.
 */
const reach = [
  'url-resolves',
  'port-open',
  'tls-trusted',
  'service-answers',
  'web-services-enabled',
  'reachable-from-appliance',
] as const;

/** What every break of the chain ends in: no view, and no authenticated scan. */
const end = ['secret-viewed', 'qualys-scan-authenticated'];
const noLogin = ['account-logs-in', ...end];
const refused = ['reachable-from-appliance', ...noLogin];
/** Login after login with something wrong: it locks the account. */
const locking = ['account-unlocked', ...refused];

const table: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(reach.map((id, at) => [id, [...reach.slice(at + 1), ...noLogin]])),
  'web-services-enabled': ['reachable-from-appliance', 'account-unlocked', ...noLogin],
  'account-enabled': refused,
  'account-unlocked': refused,
  'account-unattended-login': locking,
  'account-address-restricted': locking,
  'account-logs-in': end,
  'secret-found': end,
  'secret-readable': end,
  'secret-approval': end,
  'secret-launcher-password': end,
  'secret-doublelock': end,
  'secret-checkout': end,
  'secret-comment': end,
  'secret-heartbeat': ['qualys-scan-authenticated'],
  'qualys-vault-record': locking,
  'qualys-vault-current': locking,
  'qualys-auth-record': end,
  'qualys-appliance-online': end,
  'directory-account-usable': ['secret-heartbeat', 'qualys-scan-authenticated'],
  'directory-scan-account-usable': locking,
  'password-in-step': ['secret-heartbeat', 'qualys-scan-authenticated'],
};

/** Whether a failure of `cause` explains a failure of `consequence`, directly. */
export function explains(cause: string, consequence: string): boolean {
  return table[cause]?.includes(consequence) ?? false;
}

/** Those among `failing` that explain `id`. */
export function causesBefore(id: string, failing: readonly string[]): string[] {
  return failing.filter((cause) => explains(cause, id));
}

/** Every pair of the table, for whoever wants to show or test it. */
export function explanations(): { cause: string; consequence: string }[] {
  return Object.entries(table).flatMap(([cause, all]) => all.map((consequence) => ({ cause, consequence })));
}
