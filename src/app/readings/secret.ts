import { targetAccountName } from '../../domain/directory-login.ts';
import { GapError } from '../../domain/gap.ts';
import { heartbeatIn } from '../../domain/secret-password.ts';
import type { Readings, SecretDoor } from '../reading.ts';
import { orThrow, toldOf } from '../told.ts';
import { effectiveAccess, listedForScan } from './access.ts';
import { theOneSecret } from './the-one-secret.ts';
import { clockForDates, rangeOf, rowsWithin, summaryWithMoments } from './vault-times.ts';

/** One secret. The search gives the whole summary, so nothing asks for it again. */
export const secretReadings = {
  secretMatches: {
    source: 'secret-server',
    scope: 'secret',
    what: 'the search for the secret',
    async read(from) {
      const [found, clock, folderSeen] = await Promise.all([
        from.vault.secretsNamed(from.secret),
        clockForDates(from),
        folderSeenIn(from),
      ]);
      const matches = found.map(async (summary) => ({
        summary: summaryWithMoments(summary, clock),
        listed: await listedForScan(from, summary),
      }));
      return { matches: await Promise.all(matches), folderSeen };
    },
  },
  secret: {
    source: 'secret-server',
    scope: 'secret',
    what: 'the search for the secret',
    async read(from) {
      const [summary, clock] = await Promise.all([theOneSecret(from), clockForDates(from)]);
      return summaryWithMoments(summary, clock);
    },
  },
  secretAccess: {
    source: 'secret-server',
    scope: 'secret',
    what: 'the permissions of the secret',
    read: (from) => aboutTheSecret(from, async () => effectiveAccess(from, await theOneSecret(from))),
  },
  approvalRule: {
    source: 'secret-server',
    scope: 'secret',
    what: 'the approval settings of the secret',
    read: (from) => aboutTheSecret(from, (id) => from.vault.approvalRule(id)),
  },
  checkOutState: {
    source: 'secret-server',
    scope: 'secret',
    what: 'the check-out of the secret',
    async read(from) {
      const { checkOutEnabled } = await theOneSecret(from);
      return checkOutEnabled ? aboutTheSecret(from, (id) => from.vault.checkOutState(id)) : null;
    },
  },
  commentRule: {
    source: 'secret-server',
    scope: 'secret',
    what: 'the comment settings of the secret',
    read: (from) => aboutTheSecret(from, (id) => from.vault.commentRule(id)),
  },
  secretAudit: {
    source: 'secret-server',
    scope: 'secret',
    what: 'the audit of the secret',
    read: secretAudit,
  },
} as const satisfies Partial<Readings>;

/**
 * Where the secret's password is compared with the directory's, its audit is read with the password change log at the
 * same time. Asked alike, the pages that both read are sent for once; heartbeats are no part of this evidence.
 */
async function secretAudit(from: SecretDoor) {
  const clock = toldOf(from.ask('vaultClock'));
  const includePasswordLog = targetAccountName(from.settings, from.secret) !== undefined;
  return aboutTheSecret(from, async (id) => {
    const window = { clock: orThrow(await clock), start: from.at - from.settings.scanEveryMs };
    const trail = await from.vault.auditOfSecret(id, { ...rangeOf(window), includePasswordLog });
    const rows = rowsWithin(trail, window, `the secret "${from.secret}"`);
    return rows.filter((row) => heartbeatIn(row) === undefined);
  });
}

async function folderSeenIn({ settings, vault }: SecretDoor) {
  if (settings.folder === null) return null;
  const told = await toldOf(vault.folderAt(settings.folder));
  return 'known' in told ? { known: told.known !== null } : told;
}

/**
 * Secret Server answers "no permission" and "does not exist" alike. The search has just shown that the secret exists,
 * so a refusal means that the reader may not read this of it, and the gap says so.
 */
async function aboutTheSecret<T>(from: SecretDoor, ask: (secretId: number) => Promise<T>): Promise<T> {
  const { id } = await theOneSecret(from);
  try {
    return await ask(id);
  } catch (error) {
    if (!(error instanceof GapError) || error.gap.cause !== 'denied') throw error;
    const detail = `${error.gap.detail} The search shows the secret (id ${id}), so it exists: the reader needs View on it or its folder.`;
    throw new GapError({ ...error.gap, detail });
  }
}
