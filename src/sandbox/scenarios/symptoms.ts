/** A way in which authenticated scans are known to fail, as people meet it. `notShown`: why no story can show it. */
export type Symptom = { number: number; told: string; notShown: string | null };

const shown: readonly (readonly [number, string])[] = [
  [1, 'The scan fails to log in, and the vault logs no attempt'],
  [2, 'The client is told that the secret does not exist, and it does: an address restriction'],
  [3, 'Web services are off'],
  [4, 'It works from a browser and fails from the appliance: name, firewall, route or trust'],
  [5, 'The secret was renamed, or two have one name'],
  [6, 'Secret Server answers API_AccessDenied: a role lacks a permission'],
  [7, 'Approval or DoubleLock was turned on later'],
  [8, 'A comment is demanded'],
  [9, 'The secret is still checked out when the next scan begins'],
  [10, 'Late hosts of a long scan fail: the password changed while it ran'],
  [11, 'An account locks: somebody retries an old password'],
  [12, 'The remote password change fails, and Secret Server holds a wrong password'],
  [13, "The record's user name differs from the account whose password the secret holds"],
  [14, 'Scans end well and find less'],
  [15, 'Every call to Qualys is refused: registration or an expired account'],
  [17, 'The appliance is offline or misses heartbeats'],
  [18, 'The vault record is older than the password of the scan account'],
];

const unshown: readonly (readonly [number, string, string])[] = [
  [
    16,
    'The form of Qualys shows a password as dots of a fixed length, as if it had been cut',
    'It happens in the form alone: no interface of Qualys tells a stored password, nor its length. It is no fault either.',
  ],
  [
    19,
    "The vendor's own Slack app for Secret Server gets no events, because an Org Admin installed it",
    'Who installed another app is told neither by Slack to this one nor by Secret Server. Vaultcheck does not use that app: events reach it by syslog and by polling.',
  ],
];

/** The nineteen known symptoms, by number. */
export const symptoms: readonly Symptom[] = [
  ...shown.map(([number, told]) => ({ number, told, notShown: null })),
  ...unshown.map(([number, told, notShown]) => ({ number, told, notShown })),
].sort((one, other) => one.number - other.number);
