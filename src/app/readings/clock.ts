import type { VaultClock } from '../../domain/evidence/account.ts';
import { GapError } from '../../domain/gap.ts';
import { hourMs, type Instant, minuteMs } from '../../domain/instant.ts';
import { isZone, offsetText, widestOffsetMs } from '../../domain/vault-clock.ts';
import type { UserAuditRowRead, VaultNow } from '../../ports/vault.ts';
import type { BatchDoor, Readings } from '../reading.ts';
import { toldOf } from '../told.ts';

/** What the reader's own login tells: how the vault's clock stands to ours, and where it sees us. */
export const clockReadings = {
  vaultClock: {
    source: 'secret-server',
    scope: 'batch',
    what: "the vault's own clock",
    read: vaultClock,
  },
  readerSeenFrom: {
    source: 'secret-server',
    scope: 'batch',
    what: "the record of the reader's own login",
    async read(from) {
      const [newest] = (await ownLogins(from)).rows;
      if (newest) return { address: newest.address };
      throw absent('Secret Server shows no login of the reader itself, so it is not known where it sees us.');
    },
  },
} as const satisfies Partial<Readings>;

async function vaultClock(from: BatchDoor): Promise<VaultClock> {
  const zone = from.settings.timeZone;
  if (zone !== null) return configuredZone(zone);
  const [logins, told] = await Promise.all([toldOf(ownLogins(from)), toldOf(from.vault.now())]);
  const now = 'known' in told ? told.known : null;
  const measured = 'known' in logins ? measure(logins.known, now) : null;
  return measured ?? ofHealth(now);
}

function configuredZone(zone: string): VaultClock {
  if (isZone(zone))
    return { kind: 'zone', zone, how: `Secret Server's times are read as ${zone}, as configured.` };
  const detail = `The configured time zone "${zone}" is not known here: set timeZone to a name such as Europe/Berlin.`;
  throw new GapError({ source: 'vaultcheck', cause: 'not-configured', detail });
}

type OwnLogins = { requestedAt: Instant | null; rows: UserAuditRowRead[] };

/** The reader's own logins, newest first, from shortly before it asked for its token. */
async function ownLogins({ vault, at }: BatchDoor): Promise<OwnLogins> {
  const [{ requestedAt }, { id }] = await Promise.all([vault.signIn(), vault.self()]);
  const since = (requestedAt ?? at) - widestOffsetMs - hourMs;
  const { rows } = await vault.auditOfUser(id, { since });
  return { requestedAt, rows: rows.filter((row) => row.action === 'login') };
}

/** Other processes may log in as the reader after us, while our token lasts. */
const laterLoginsMs = 29 * minuteMs;
const roundingMs = 15 * minuteMs;

/**
 * The vault's distance from UTC by the newest login of the reader, held against the time of our own token request and
 * rounded to 15 minutes. What the health check says is preferred where it fits: the newest login may be another
 * process's, some minutes later than ours.
 */
function measure({ requestedAt, rows: [newest] }: OwnLogins, now: VaultNow | null): VaultClock | null {
  if (!newest || requestedAt === null) return null;
  if (newest.at.zoned) return offset(0, 'its times carry their own offset');
  const distanceMs = newest.at.ms - requestedAt;
  if (Math.abs(distanceMs) > widestOffsetMs + roundingMs) return null;
  const fitting = healthOffsets(now)
    .map((ms) => ({ ms, lateMs: distanceMs - ms }))
    .filter(({ lateMs }) => lateMs > -roundingMs / 2 && lateMs < laterLoginsMs)
    .sort((one, other) => Math.abs(one.lateMs) - Math.abs(other.lateMs));
  const chosenMs = fitting[0]?.ms ?? rounded(distanceMs);
  return offset(chosenMs, 'measured by its record of our own login');
}

/** What the health check admits: its times are UTC, or its own wall clock. */
function healthOffsets(now: VaultNow | null): number[] {
  return now === null || now.now.zoned ? [0] : [0, rounded(now.now.ms - now.utcNow.ms)];
}

/** Without a login row only a server whose clock is UTC anyway can be understood; otherwise either reading could be right. */
function ofHealth(now: VaultNow | null): VaultClock {
  if (now && !now.now.zoned && rounded(now.now.ms - now.utcNow.ms) === 0)
    return offset(0, "the server's clock is UTC by its health check");
  throw absent(
    "It is not known in which time zone Secret Server writes its times: the reader's own login was not found in the user audit. Set timeZone beside its URL, or give the reader the role permission View User Audit Report.",
  );
}

function offset(ms: number, how: string): VaultClock {
  const minutes = ms / minuteMs;
  return {
    kind: 'offset',
    minutes,
    how: `Secret Server's times are read as ${offsetText(minutes)}: ${how}.`,
  };
}

function rounded(ms: number): number {
  // Adding 0 turns -0 into 0.
  return Math.round(ms / roundingMs) * roundingMs + 0;
}

function absent(detail: string): GapError {
  return new GapError({ source: 'secret-server', cause: 'absent', detail });
}
