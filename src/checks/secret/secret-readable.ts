import { accessText, atLeast } from '../../domain/access.ts';
import { defineCheck } from '../../domain/check.ts';
import { eachAccount, worstOf } from '../../domain/each-account.ts';
import type { ScanUserRoles } from '../../domain/evidence/account.ts';
import { holds } from '../../domain/permissions.ts';
import { eachScanAccess } from '../../domain/secret-access.ts';
import type { Told } from '../../domain/told.ts';
import { fact, fail, type Judgement, pass, unknown } from '../../domain/verdict.ts';

export const secretReadable = defineCheck({
  id: 'secret-readable',
  section: 'secret',
  title: 'The scan account has read access',
  why: 'The guide asks for at least read access (View). List shows the name in a search and gives no password.',
  remedy:
    "Give the scan account's group View on the secret's folder in Secret Server (folder > Edit Folder > Folder Permissions).",
  blocking: true,
  needs: ['secret'],
  wants: ['secretAccess', 'scanUsers', 'scanUserGroups', 'scanUserRoles'],
  judge({ secret, scanUserRoles, ...lists }) {
    const access = eachScanAccess(lists, ({ label, access }) => {
      const text = `${label} has ${accessText(access)} on “${secret.name}” (id ${secret.id})`;
      if (atLeast(access.level, 'view')) return pass(fact('secretAccess', text));
      if (!access.complete) return undefined;
      return fail(`${text}; it needs View.`, [fact('secretAccess', text)]);
    });
    return worstOf([access, role(scanUserRoles)]);
  },
});

function role(roles: Told<ScanUserRoles>): Judgement<'scanUserRoles'> {
  if ('gap' in roles) return unknown([roles.gap]);
  return eachAccount(roles.known, (held, { label }) => {
    if (holds(held, 'View Secret'))
      return pass(fact('scanUserRoles', `${label} has a role with View Secret`));
    const names = held.map((one) => one.name).join(', ') || 'none';
    return fail(
      `No role of ${label} has View Secret (roles: ${names}).`,
      [fact('scanUserRoles', `Roles of ${label}: ${names}`)],
      `Give ${label} a role with View Secret (Administration > Roles).`,
    );
  });
}
