import { applianceAt, sharedAddress } from '../../domain/appliance-address.ts';
import { defineCheck } from '../../domain/check.ts';
import { worstOf } from '../../domain/each-account.ts';
import type { ScanUserAudits, UserAuditRow } from '../../domain/evidence/account.ts';
import type { SiteReach } from '../../domain/evidence/reach.ts';
import type { Gap } from '../../domain/gap.ts';
import { moment } from '../../domain/instant.ts';
import { loginsIn } from '../../domain/logins.ts';
import { accountLabel } from '../../domain/scan-account.ts';
import { type Appliance, type Context, windowStart } from '../../domain/settings.ts';
import { gapsOf, type Told } from '../../domain/told.ts';
import { fact, fail, type Judgement, pass, uniqueGaps, unknown, warn } from '../../domain/verdict.ts';

type Key = 'siteReach' | 'scanUserAudits' | 'readerSeenFrom';
type Login = { label: string; row: UserAuditRow };
type Probe = { reached: boolean; detail: string };

/** What is known of one appliance: its latest login, what hides logins, and what its site's probe saw, if it has one. */
type Sight = { login: Login | undefined; unread: Gap[]; probe: Told<Probe> | undefined };

export const reachableFromAppliance = defineCheck({
  id: 'reachable-from-appliance',
  section: 'reach',
  title: 'The appliance itself can reach Secret Server',
  why: "The appliance fetches the credential from its own place in the network; that Vaultcheck gets through says nothing about the appliance's way.",
  remedy:
    "Allow the appliance's address to reach Secret Server's port in the firewall, and see that its DNS knows the host.",
  blocking: true,
  needs: [],
  wants: ['siteReach', 'scanUserAudits', 'readerSeenFrom'],
  judge({ siteReach, scanUserAudits, readerSeenFrom }, context) {
    const { appliances } = context.settings;
    if (appliances.length === 0) return unknown([noAppliance]);
    const shared = sharedAddress(readerSeenFrom, appliances);
    if (shared) return unknown([proxyGap(shared)]);
    return worstOf(
      appliances.map((one) => {
        const sight = {
          ...loginSeen(one, scanUserAudits, context),
          probe: probeAt(one, siteReach),
        };
        return judgeOne(one, sight, context);
      }),
    );
  },
});

function judgeOne({ name, site }: Appliance, sight: Sight, context: Context): Judgement<Key> {
  const { login, probe, unread } = sight;
  const seen =
    login &&
    fact(
      'scanUserAudits',
      `${login.label} logged in from ${name} (${login.row.address}) at ${moment(login.row.at)}`,
    );
  if (probe && 'known' in probe && probe.known.reached) {
    const reached = fact(
      'siteReach',
      `The probe at site ${site} got through: the network of ${name} can reach it`,
    );
    return seen ? pass(seen, reached) : pass(reached);
  }
  if (!probe || 'gap' in probe) {
    if (seen) return pass(seen);
    const gaps = [...unread, ...gapsOf(probe ? [probe] : [])];
    return unknown(uniqueGaps([nothingSeen(name, context), ...gaps]));
  }
  const failed = fact('siteReach', `The probe at site ${site} did not get through: ${probe.known.detail}`);
  const text = `The probe at site ${site}, where ${name} stands, does not reach Secret Server (${probe.known.detail})`;
  if (seen) return warn(`${text}, although ${seen.text}.`, [failed, seen]);
  const [gap, ...more] = unread;
  if (gap) return unknown([gap, ...more], [failed]);
  return fail(`${text}, and no scan account logged in from it since ${moment(windowStart(context))}.`, [
    failed,
  ]);
}

/** The latest login of any scan account from the appliance, and the audits that could not be read. */
function loginSeen(
  appliance: Appliance,
  audits: Told<ScanUserAudits>,
  context: Context,
): Omit<Sight, 'probe'> {
  if ('gap' in audits) return { login: undefined, unread: [audits.gap] };
  const logins = audits.known.flatMap(({ account, told }) => {
    const rows = 'known' in told ? loginsIn(told.known, context).successes : [];
    const row = rows.find((one) => applianceAt(one.address, [appliance]));
    return row ? [{ label: accountLabel(account), row }] : [];
  });
  const [login] = logins.sort((a, b) => b.row.at - a.row.at);
  return { login, unread: gapsOf(audits.known.map((one) => one.told)) };
}

/** Undefined: no probe stands where this appliance is. */
function probeAt({ site }: Appliance, reach: Told<SiteReach>): Told<Probe> | undefined {
  if (site === null) return undefined;
  return 'gap' in reach ? reach : reach.known.find((one) => one.site === site)?.told;
}

const noAppliance: Gap = {
  source: 'vaultcheck',
  cause: 'not-configured',
  detail: 'No appliance is configured: name it under `appliances`, with its addresses or its site.',
};

function proxyGap(address: string): Gap {
  const detail = `The reader comes from ${address} too, an appliance's address: a proxy hides who is who.`;
  return { source: 'secret-server', cause: 'absent', detail };
}

function nothingSeen(name: string, context: Context): Gap {
  const since = moment(windowStart(context));
  const detail = `No login of a scan account from ${name} since ${since} was seen, and no probe at its site answered.`;
  return { source: 'vaultcheck', cause: 'absent', detail };
}
