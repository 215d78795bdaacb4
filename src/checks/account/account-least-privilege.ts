import { defineCheck } from '../../domain/check.ts';
import { eachAccount, worstOf } from '../../domain/each-account.ts';
import type { HeldRole, VaultUser } from '../../domain/evidence/account.ts';
import { holds, isBeyondReading } from '../../domain/permissions.ts';
import { ofAccount } from '../../domain/scan-account.ts';
import type { Told } from '../../domain/told.ts';
import { fact, fail, type Judgement, pass, unknown, warn } from '../../domain/verdict.ts';

type Key = 'scanUserRoles' | 'scanUsers' | 'unlimitedAdministration';

export const accountLeastPrivilege = defineCheck({
  id: 'account-least-privilege',
  section: 'account',
  title: 'It may only read',
  why: 'Its password stands in Qualys too. Whoever gets it should be able to read the scan credentials and do nothing else.',
  remedy:
    'Give the scan account a role with View Secret and View Launcher Password only (Administration > Roles).',
  blocking: false,
  needs: ['scanUserRoles'],
  wants: ['scanUsers', 'unlimitedAdministration'],
  judge({ scanUserRoles, scanUsers, unlimitedAdministration }) {
    return eachAccount(scanUserRoles, (roles, { account, label }) =>
      worstOf([
        powers(roles, label),
        unlimited(roles, label, unlimitedAdministration),
        kind(ofAccount(scanUsers, account), label),
      ]),
    );
  },
});

function powers(roles: readonly HeldRole[], label: string): Judgement<Key> {
  const beyond = roles.flatMap((role) =>
    role.permissions.filter(isBeyondReading).map((name) => `${name} (role ${role.name})`),
  );
  const names = roles.map((role) => role.name).join(', ') || 'none';
  const seen = fact('scanUserRoles', `Roles of ${label}: ${names}`);
  if (beyond.length === 0) return pass(seen);
  return warn(`${label} may do more than read: ${beyond.join(', ')}.`, [seen]);
}

/** The mode counts only for who holds the permission to use it. */
function unlimited(roles: readonly HeldRole[], label: string, mode: Told<boolean>): Judgement<Key> {
  if (!holds(roles, 'Unlimited Administrator')) {
    return pass(fact('scanUserRoles', `${label} does not hold Unlimited Administrator`));
  }
  if ('gap' in mode) return unknown([mode.gap]);
  if (!mode.known) return pass(fact('unlimitedAdministration', 'Unlimited administration is off'));
  return fail(
    `Unlimited administration is on, and ${label} may use it.`,
    [fact('unlimitedAdministration', 'Unlimited administration is on')],
    'Turn Unlimited Administration Mode off in Secret Server (Administration > Unlimited Administrator).',
  );
}

function kind(user: Told<VaultUser | null>, label: string): Judgement<Key> {
  if ('gap' in user) return unknown([user.gap]);
  const applicationAccount = user.known?.applicationAccount ?? null;
  if (applicationAccount === null) {
    const detail = `Secret Server does not tell whether ${label} is an application account.`;
    return unknown([{ source: 'secret-server', cause: 'absent', detail }]);
  }
  if (applicationAccount) return pass(fact('scanUsers', `${label} is an application account`));
  return warn(
    `${label} is not an application account: somebody could log in to the web interface with it.`,
    [fact('scanUsers', `${label} is an ordinary user`)],
    'Make the scan account an application account in Secret Server (Administration > Users > Edit).',
  );
}
