type Row = { action: string; text: string; notes: string };

/** A line of the password changer about a try that changed nothing, or not yet. */
const nothingChanged = /fail|error|unable|denied|maximum|attempt|pending|queue|schedul|cancel|expire/i;

/** Edited fields stand as `Fields: (Password)`, also among others. */
const passwordField = /fields?:\s*\([^)]*\bpassword\b/i;

/** Whether a row of a secret's audit says that the secret holds another password since then. */
export function setsPassword({ action, text, notes }: Row): boolean {
  if (action === 'created') return true;
  if (action === 'edited') return passwordField.test(notes);
  return action === 'password-changed' && !nothingChanged.test(`${text} ${notes}`);
}

/**
 * What a line of the password change log says of a heartbeat, if it tells of one. Its wording is on no record: the
 * word heartbeat, and how it ended.
 */
export function heartbeatIn({ text, notes }: Row): 'success' | 'failure' | undefined {
  if (!/heart ?beat/i.test(text) && !/^\W*heart ?beat/i.test(notes)) return undefined;
  const words = `${text} ${notes}`;
  if (/fail|locked|denied|unsuccess/i.test(words)) return 'failure';
  return /success/i.test(words) ? 'success' : undefined;
}
