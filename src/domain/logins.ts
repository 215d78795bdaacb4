import { applianceAt } from './appliance-address.ts';
import type { UserAuditRow } from './evidence/account.ts';
import { type Appliance, type Context, windowStart } from './settings.ts';

/** The logins and failed logins of an account within the window, each newest first. */
export type Logins = {
  successes: readonly UserAuditRow[];
  failures: readonly UserAuditRow[];
};

export function loginsIn(rows: readonly UserAuditRow[], context: Context): Logins {
  const start = windowStart(context);
  const within = rows.filter((row) => row.at >= start).sort((a, b) => b.at - a.at);
  return {
    successes: within.filter((row) => row.action === 'login'),
    failures: within.filter((row) => row.action === 'login-failure'),
  };
}

/** The failures after the latest success; all of them when there is none. */
export function failuresSince({ successes, failures }: Logins): readonly UserAuditRow[] {
  const latest = successes[0];
  return latest ? failures.filter((row) => row.at > latest.at) : failures;
}

/** Whether a row certainly came from elsewhere: a row without an address may have come from an appliance. */
export function isFromElsewhere(row: UserAuditRow, appliances: readonly Appliance[]): boolean {
  return row.address !== null && applianceAt(row.address, appliances) === undefined;
}

/** The addresses of rows, each once, for a sentence. */
export function addressesOf(rows: readonly UserAuditRow[]): string {
  const known = [...new Set(rows.flatMap((row) => row.address ?? []))];
  return known.length > 0 ? known.join(', ') : 'no recorded address';
}
