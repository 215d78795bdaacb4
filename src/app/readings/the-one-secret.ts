import { GapError } from '../../domain/gap.ts';
import { plural } from '../../domain/instant.ts';
import type { SecretSummaryRead } from '../../ports/vault.ts';
import type { SecretDoor } from '../reading.ts';

/**
 * The one active secret of the asked name. Namesakes that no scan account sees do not count.
 * Throws `absent`, which so becomes the gap of all that is read of the secret, when there is not exactly one.
 */
export async function theOneSecret(from: SecretDoor): Promise<SecretSummaryRead> {
  const found = await from.vault.secretsNamed(from.secret);
  const active = found.filter(({ name, active }) => active && name === from.secret);
  const [one, ...more] = active.length > 1 ? await listedOnly(from, active) : active;
  if (one && more.length === 0) return one;
  const detail = one ? severalText(active) : noneText(from.secret, found);
  throw new GapError({ source: 'secret-server', cause: 'absent', detail });
}

/** Without those that are known to be hidden from every scan account; all of them when nobody sees any. */
async function listedOnly(from: SecretDoor, active: SecretSummaryRead[]): Promise<SecretSummaryRead[]> {
  const { matches } = await from.ask('secretMatches');
  const hidden = new Set(
    matches.filter(({ listed }) => 'known' in listed && !listed.known).map(({ summary }) => summary.id),
  );
  const listed = active.filter(({ id }) => !hidden.has(id));
  return listed.length > 0 ? listed : active;
}

function severalText(active: SecretSummaryRead[]): string {
  const ids = active.map(({ id }) => id).join(', ');
  return `${active.length} active secrets have this name (ids ${ids}), so it is not known which one is meant.`;
}

function noneText(secret: string, found: SecretSummaryRead[]): string {
  const inactive = found.filter(({ name }) => name === secret).length;
  if (inactive > 0) return `No active secret is named "${secret}", only ${plural(inactive, 'inactive one')}.`;
  const [other] = found;
  if (other)
    return `No secret is named exactly "${secret}"; there is "${other.name}", which differs in case.`;
  return `No secret named "${secret}" is visible to the reader: it was renamed or deleted, or is not shared with it.`;
}
