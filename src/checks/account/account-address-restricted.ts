import { type AddressRange, addressRange, contains, countOutside } from '../../domain/addresses.ts';
import { rangesOf } from '../../domain/appliance-address.ts';
import { defineCheck } from '../../domain/check.ts';
import { eachAccount, worstOf } from '../../domain/each-account.ts';
import type { AddressRestriction, UserAuditRow } from '../../domain/evidence/account.ts';
import type { Gap } from '../../domain/gap.ts';
import { moment } from '../../domain/instant.ts';
import { loginsIn } from '../../domain/logins.ts';
import { ofAccount } from '../../domain/scan-account.ts';
import type { Appliance, Context } from '../../domain/settings.ts';
import { ifKnown } from '../../domain/told.ts';
import { fact, fail, type Judgement, pass, unknown, warn } from '../../domain/verdict.ts';

type Key = 'scanUserRestrictions' | 'scanUserAudits';

/** More addresses than this that are no appliance's, and the restriction restricts little. */
const mostOthers = 4n;
const loopback = ['127.0.0.0/8', '::1'].flatMap((text) => addressRange(text) ?? []);

/** What one account is held to. `sides`: its own ranges and its groups', only those that have any. */
type Restricted = { label: string; sides: AddressRange[][]; logins: readonly UserAuditRow[] };

export const accountAddressRestricted = defineCheck({
  id: 'account-address-restricted',
  section: 'account',
  title: 'It may log in from the appliances only',
  why: 'With a restriction a stolen password is of no use elsewhere; but one that leaves the appliance out stops every scan.',
  remedy:
    "Restrict the account to the appliances' addresses in Secret Server (Administration > IP Addresses, then the user's IP Address Restrictions).",
  blocking: true,
  needs: ['scanUserRestrictions'],
  wants: ['scanUserAudits'],
  exempt({ settings }) {
    return rangesOf(settings.appliances).length > 0 ? null : "No appliance's address is configured.";
  },
  judge({ scanUserRestrictions, scanUserAudits }, context) {
    return eachAccount(scanUserRestrictions, ({ own, groups }, { account, label }) => {
      const all = [own, groups.flatMap((one) => one.ranges)];
      const audit = ifKnown(ofAccount(scanUserAudits, account)) ?? [];
      const logins = loginsIn(audit, context).successes;
      const sides = all.map(readable).filter((side) => side.length > 0);
      const unread = all.flat().find((one) => !addressRange(one.range));
      if (all.flat().length === 0) return unrestricted(label);
      return unread ? unknown([unreadable(label, unread)]) : restricted({ label, sides, logins }, context);
    });
  },
});

function unrestricted(label: string): Judgement<Key> {
  const text = `${label} may log in from any address`;
  return warn(`${text}: neither it nor its groups are restricted.`, [fact('scanUserRestrictions', text)]);
}

function restricted(account: Restricted, { settings }: Context): Judgement<Key> {
  const admitted = settings.appliances.flatMap((one) =>
    rangesOf([one]).map((range) => admits(account, one, range)),
  );
  return worstOf([...admitted, others(account, settings.appliances)]);
}

/** Whether both must admit an address is not documented: by one alone it is admitted only if a login shows it. */
function admits(
  { label, sides, logins }: Restricted,
  { name }: Appliance,
  range: AddressRange,
): Judgement<Key> {
  const text = `${label} may log in from ${name} (${range.text})`;
  const left = sides.map((side) => countOutside([range], side));
  if (left.every((count) => count === 0n)) return pass(fact('scanUserRestrictions', text));
  if (countOutside([range], sides.flat()) > 0n) {
    const written = sides
      .flat()
      .map((one) => one.text)
      .join(', ');
    return fail(
      `${label} may not log in from ${name}: ${range.text} is not within ${written}.`,
      [fact('scanUserRestrictions', `Addresses of ${label}: ${written}`)],
      `Add ${range.text} to the IP address restrictions of ${label} (Administration > IP Addresses).`,
    );
  }
  const login = logins.find((row) => row.address !== null && contains(range, row.address));
  if (login) return pass(fact('scanUserAudits', `${text}: it did at ${moment(login.at)}`));
  return unknown([oneSideOnly(label, range)]);
}

function others({ label, sides }: Restricted, appliances: readonly Appliance[]): Judgement<Key> {
  const count = countOutside(sides.flat(), [...rangesOf(appliances), ...loopback]);
  const seen = fact('scanUserRestrictions', `The restrictions of ${label} admit ${count} other addresses`);
  if (count <= mostOthers) return pass(seen);
  return warn(`${label} may also log in from ${count} addresses that are no appliance's.`, [seen]);
}

function readable(side: readonly AddressRestriction[]): AddressRange[] {
  return side.flatMap((one) => addressRange(one.range) ?? []);
}

function unreadable(label: string, { name, range }: AddressRestriction): Gap {
  const detail = `The address range “${name}” of ${label} cannot be read: ${range}.`;
  return { source: 'secret-server', cause: 'malformed', detail };
}

function oneSideOnly(label: string, range: AddressRange): Gap {
  const detail = `Only one of the restrictions of ${label} and of its groups admits ${range.text}, and no login from it shows whether that is enough.`;
  return { source: 'secret-server', cause: 'absent', detail };
}
