import { accountName, accountText, parseAccountName, sameAccount } from '../domain/account-name.ts';
import type { AuditAnswer, AuditLine, AuditSubject } from '../domain/audit.ts';
import type { VaultClock } from '../domain/evidence/account.ts';
import { GapError } from '../domain/gap.ts';
import type { Instant } from '../domain/instant.ts';
import type { Told } from '../domain/told.ts';
import { instantOf, trailStartOf } from '../domain/vault-clock.ts';
import type {
  SecretAuditRowRead,
  Trail,
  UserAuditRowRead,
  VaultTime,
  VaultUserRead,
} from '../ports/vault.ts';
import type { Integration } from './integration.ts';
import { type Question, withDoor } from './question.ts';
import type { BatchDoor } from './reading.ts';
import { toldOf } from './told.ts';

export type AuditRequest = Question & {
  auditId: string;
  integration: Integration;
  subject: AuditSubject;
  /** How far back, in milliseconds before now. */
  sinceMs: number;
};

/**
 * Who used the secret, or what the account did and from where, newest first. What could not be read stands among the
 * gaps, in sentences; a gap never rejects.
 */
export async function audit(request: AuditRequest): Promise<AuditAnswer> {
  const { auditId, integration, subject, sinceMs, clock } = request;
  const since = clock.now() - sinceMs;
  const read = subject.kind === 'secret' ? secretTrails : accountTrails;
  const asked = withDoor(integration, request, 'the audit', (door) => read(door, subject.name, since));
  const all = await toldOf(asked);
  const trails = 'known' in all ? all.known : [all];
  const lines = trails.flatMap((one) => ('known' in one ? one.known.lines : []));
  return {
    auditId,
    integration: integration.settings.integration,
    subject,
    since: iso(since),
    lines: lines.sort((one, other) => other.at.localeCompare(one.at)),
    gaps: trails.flatMap((one) => ('gap' in one ? [one.gap.detail] : one.known.gaps)),
  };
}

/** What a name can mean here: a secret, an account, both or neither. Throws GapError where neither search answers. */
export async function subjectsNamed(
  integration: Integration,
  name: string,
  question: Question,
): Promise<AuditSubject[]> {
  return withDoor(integration, question, 'the name', async (door) => {
    const [secrets, users] = await Promise.all([toldOf(secretsOf(door, name)), toldOf(usersOf(door, name))]);
    if ('gap' in secrets && 'gap' in users) throw new GapError(secrets.gap);
    return [
      ...('known' in secrets && secrets.known.length > 0 ? [{ kind: 'secret', name } as const] : []),
      ...('known' in users && users.known.length > 0 ? [{ kind: 'account', name } as const] : []),
    ];
  });
}

type Trails = Told<{ lines: AuditLine[]; gaps: string[] }>[];

async function secretTrails(door: BatchDoor, name: string, since: Instant): Promise<Trails> {
  const [clock, secrets] = await Promise.all([door.ask('vaultClock'), secretsOf(door, name)]);
  if (secrets.length === 0) throw absent(`No secret named "${name}" is visible to the reader.`);
  return Promise.all(
    secrets.map(({ id }) =>
      toldOf(
        door.vault
          .auditOfSecret(id, { since: trailStartOf(clock, since) })
          .then((trail) => told(trail, { clock, since }, (row) => secretLine(row, name))),
      ),
    ),
  );
}

async function accountTrails(door: BatchDoor, name: string, since: Instant): Promise<Trails> {
  const [clock, users] = await Promise.all([door.ask('vaultClock'), usersOf(door, name)]);
  if (users.length === 0) throw absent(`Secret Server has no user ${name} that the reader can see.`);
  return Promise.all(
    users.map((user) =>
      toldOf(
        door.vault
          .auditOfUser(user.id, { since: trailStartOf(clock, since) })
          .then((trail) => told(trail, { clock, since }, (row) => userLine(row, user))),
      ),
    ),
  );
}

/** The active ones of exactly this name; those that were deactivated only where none is active. */
async function secretsOf({ vault }: BatchDoor, name: string) {
  const exact = (await vault.secretsNamed(name)).filter((one) => one.name === name);
  const active = exact.filter((one) => one.active);
  return active.length > 0 ? active : exact;
}

/** Without a domain in the name, the users of any domain. */
async function usersOf({ vault, settings }: BatchDoor, name: string): Promise<VaultUserRead[]> {
  const wanted = parseAccountName(name);
  const users = await vault.usersNamed(wanted.username);
  if (!wanted.domain) return users;
  return users.filter((user) => sameAccount(accountName(user), wanted, settings.domains));
}

type Line = Omit<AuditLine, 'at'>;

function told<R extends { at: VaultTime }>(
  trail: Trail<R>,
  { clock, since }: { clock: VaultClock; since: Instant },
  line: (row: R) => Line,
) {
  const lines = trail.rows
    .map((row) => ({ at: instantOf(clock, row.at), row }))
    .filter(({ at }) => at >= since)
    .map(({ at, row }) => ({ at: iso(at), ...line(row) }));
  const gaps = trail.cut
    ? [`Only the newest ${trail.rows.length} rows were read; older ones are missing.`]
    : [];
  return { lines, gaps };
}

/** The vendor's REST rows of a secret carry no address. */
function secretLine(row: SecretAuditRowRead, secret: string): Line {
  const who = row.username || row.displayName;
  return { ...words(row), who: short(who), from: null, secret, source: 'secret-audit' };
}

function userLine(row: UserAuditRowRead, user: VaultUserRead): Line {
  const who = row.by || accountText(accountName(user));
  return { ...words(row), who: short(who), from: row.address, secret: null, source: 'user-audit' };
}

function words(row: { text: string; notes: string }) {
  return { action: short(row.text), notes: short(row.notes) };
}

const maxText = 300;

/** Foreign text: on one line, and cut. */
function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > maxText ? `${line.slice(0, maxText - 1)}…` : line;
}

function absent(detail: string): GapError {
  return new GapError({ source: 'secret-server', cause: 'absent', detail });
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
