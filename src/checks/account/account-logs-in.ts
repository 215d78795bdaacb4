import { applianceAt, sharedAddress } from '../../domain/appliance-address.ts';
import { defineCheck } from '../../domain/check.ts';
import { eachAccount } from '../../domain/each-account.ts';
import type { UserAuditRow } from '../../domain/evidence/account.ts';
import { moment, plural } from '../../domain/instant.ts';
import { addressesOf, failuresSince, isFromElsewhere, loginsIn } from '../../domain/logins.ts';
import { type Appliance, windowStart } from '../../domain/settings.ts';
import { fact, fail, type Judgement, pass, unknown, warn } from '../../domain/verdict.ts';

type Key = 'scanUserAudits';

/** Whose addresses count. None: `why` says that any login counts then. */
type Known = { appliances: readonly Appliance[]; why: string | undefined };

export const accountLogsIn = defineCheck({
  id: 'account-logs-in',
  section: 'account',
  title: 'It logs in from the appliance',
  why: 'The audit of the account shows whether the appliance gets in: settings say that it should, a login says that it did.',
  remedy:
    'Set the current password of the account in the Qualys vault record (Scans > Authentication > Vaults), then start a scan.',
  blocking: true,
  needs: ['scanUserAudits'],
  wants: ['readerSeenFrom'],
  judge({ scanUserAudits, readerSeenFrom }, context) {
    const shared = sharedAddress(readerSeenFrom, context.settings.appliances);
    const known = knownAppliances(context.settings.appliances, shared);
    return eachAccount<readonly UserAuditRow[], Key>(scanUserAudits, (rows, { label }) => {
      const logins = loginsIn(rows, context);
      const failures = failuresSince(logins);
      const [latest] = logins.successes;
      if (failures.length > 0) return failing(label, failures, latest, known);
      return latest ? loggedIn(label, latest, known) : nothing(label, moment(windowStart(context)));
    });
  },
});

function knownAppliances(all: readonly Appliance[], shared: string | undefined): Known {
  if (shared)
    return { appliances: [], why: `the reader comes from ${shared} too, so addresses prove nothing` };
  const appliances = all.filter((one) => one.addresses.length > 0);
  const why =
    appliances.length === 0 ? 'no address of an appliance is configured, so any login counts' : undefined;
  return { appliances, why };
}

function nothing(label: string, since: string): Judgement<Key> {
  const text = `No login and no failed login of ${label} since ${since}`;
  return warn(
    `${text}.`,
    [fact('scanUserAudits', text)],
    'Start an authenticated scan in Qualys, or see why none is scheduled.',
  );
}

function failing(
  label: string,
  failures: readonly UserAuditRow[],
  latest: UserAuditRow | undefined,
  { appliances }: Known,
): Judgement<Key> {
  const last = failures[0]?.at ?? 0;
  const reasons = [...new Set(failures.map((row) => row.notes).filter(Boolean))].slice(0, 2).join(', ');
  const since = latest
    ? ` after its last login at ${moment(latest.at)}`
    : ' and never succeeded in that time';
  const text = `${label} failed to log in ${plural(failures.length, 'time')}, last at ${moment(last)} from ${addressesOf(failures)}${reasons ? ` (${reasons})` : ''}${since}`;
  const seen = fact('scanUserAudits', text);
  const elsewhere = appliances.length > 0 && failures.every((row) => isFromElsewhere(row, appliances));
  if (!elsewhere) return fail(`${text}.`, [seen]);
  const who = `Find out who uses ${label} at ${addressesOf(failures)}; it is no appliance.`;
  return warn(`${text}. None of these is an appliance's address.`, [seen], who);
}

function loggedIn(label: string, { at, address }: UserAuditRow, { appliances, why }: Known): Judgement<Key> {
  const text = `${label} logged in at ${moment(at)} from ${address ?? 'no recorded address'}`;
  if (why) return pass(fact('scanUserAudits', `${text}; ${why}`));
  const appliance = applianceAt(address, appliances);
  if (appliance) return pass(fact('scanUserAudits', `${text}, which is ${appliance.name}`));
  const seen = fact('scanUserAudits', text);
  if (address === null) {
    const detail = `The latest login of ${label}, at ${moment(at)}, has no address.`;
    return unknown([{ source: 'secret-server', cause: 'absent', detail }], [seen]);
  }
  const remedy = `Find out who uses ${label} at ${address}, or add the address to the appliance in the configuration.`;
  return warn(`${text}, which is no appliance's address.`, [seen], remedy);
}
