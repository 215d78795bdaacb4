import { randomUUID } from 'node:crypto';
import type { Permission } from '../commands/command.ts';
import type { Known, Target } from '../commands/targets.ts';
import type { Report } from '../domain/report.ts';
import type { Ask } from './ask.ts';
import type { View } from './blocks.ts';
import type { Desk } from './desk.ts';
import { sentence } from './render/answer.ts';
import { doctorView } from './render/doctor.ts';
import { historyView } from './render/history.ts';
import { statusView } from './render/status.ts';
import { replyWith } from './reply.ts';

/** Slack waits three seconds for the whole answer. */
const waitAtMostMs = 1_800;
const historyAtMost = 100;

/** Who asks, and what is known of names. */
type Asked = { ask: Ask; known: Known; permissions: ReadonlySet<Permission> };

/** What is stored and known of Vaultcheck itself; nobody is asked but Redis. An admin hears of the rest afterwards. */
export async function status(desk: Desk, { ask, known, permissions }: Asked): Promise<View> {
  const { records, ownStatus } = desk;
  const admin = permissions.has('admin');
  if (admin) void examine(desk, ask);
  const [latest, own] = await Promise.all([inTime(records.reports.latest(), []), inTime(ownStatus(), null)]);
  return statusView({ latest: latest.filter((report) => isSecret(report, known)), own, admin });
}

/** Null: it could not be read in time. */
export async function openIncidentCount({ ownStatus }: Desk): Promise<number | null> {
  return (await inTime(ownStatus(), null))?.openIncidents ?? null;
}

/** Somebody's slip of the pen is checked and kept like any name, but it is no secret whose state anybody asks for. */
function isSecret({ subject, integration }: Report, { secrets }: Known): boolean {
  if (subject.secretId !== null) return true;
  return secrets.some((one) => one.secret === subject.secret && one.integration === integration);
}

/** Tells what is wrong with accounts and connections, once they have been tried: a message of its own. */
async function examine(desk: Desk, ask: Ask): Promise<void> {
  const { web, log, clock, records } = desk;
  const view = await desk.examine().then(doctorView, (error: unknown) => {
    const reference = randomUUID().slice(0, 8);
    const reason = error instanceof Error ? error.name : 'unknown';
    log.error({ reference, reason }, 'Vaultcheck itself could not be examined');
    return sentence(
      `Vaultcheck's own accounts could not be looked at: a fault of its own. Run \`vaultcheck doctor\`, or look for ${reference} in the log.`,
    );
  });
  const { outcome } = await replyWith(ask.reply, view, { web, once: records.once, now: clock() });
  if (outcome !== 'sent') log.warn({ outcome }, 'what was found of Vaultcheck itself could not be told');
}

/** The reports of a secret wherever it is known by that name. */
export async function history(
  { records }: Desk,
  { secret, integration }: { secret: string; integration: string | null },
  { secrets, integrations }: Known,
): Promise<View> {
  const named = integration?.toLowerCase();
  const holders = secrets.filter((one: Target) => one.secret === secret).map((one) => one.integration);
  const where = [...new Set([...holders, ...integrations])].filter(
    (one) => named === undefined || one.toLowerCase() === named,
  );
  const found = await Promise.all(where.map((one) => records.reports.history(one, secret, historyAtMost)));
  const newestFirst = found
    .flat()
    .sort((one, other) => Date.parse(other.finishedAt) - Date.parse(one.finishedAt));
  return historyView(secret, newestFirst);
}

async function inTime<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), waitAtMostMs);
  });
  return Promise.race([asked.catch(() => otherwise), late]).finally(() => clearTimeout(timer));
}
