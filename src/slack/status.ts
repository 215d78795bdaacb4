import type { Known, Target } from '../commands/targets.ts';
import type { Report } from '../domain/report.ts';
import type { View } from './blocks.ts';
import type { Desk } from './desk.ts';
import { historyView } from './render/history.ts';
import { statusView } from './render/status.ts';

/** Slack waits three seconds for the whole answer. */
const waitAtMostMs = 1_800;
const historyAtMost = 100;

/** What is stored and known of Vaultcheck itself; nobody is asked but Redis. */
export async function status({ records, ownStatus }: Desk, admin: boolean, known: Known): Promise<View> {
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
