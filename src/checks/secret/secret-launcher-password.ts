import { accessText, atLeast } from '../../domain/access.ts';
import { defineCheck } from '../../domain/check.ts';
import { eachAccount, worstOf } from '../../domain/each-account.ts';
import type { HeldRole, ScanUserRoles } from '../../domain/evidence/account.ts';
import type { SecretSummary } from '../../domain/evidence/secret.ts';
import { holds } from '../../domain/permissions.ts';
import { eachScanAccess } from '../../domain/secret-access.ts';
import { secretRows, setBy } from '../../domain/setting-change.ts';
import type { Told } from '../../domain/told.ts';
import { fact, fail, type Judgement, pass, unknown } from '../../domain/verdict.ts';

type Key = 'secret' | 'secretAccess' | 'scanUserRoles';

export const secretLauncherPassword = defineCheck({
  id: 'secret-launcher-password',
  section: 'secret',
  title: 'Hide Launcher Password does not stand in the way',
  why: 'Secret Server can hide the password of a secret that has a launcher; the appliance then gets the secret without it.',
  remedy:
    'Turn "Hide Launcher Password" off on the secret (Security tab), or give the scan account Edit on the secret.',
  blocking: true,
  needs: ['secret'],
  wants: ['secretAccess', 'scanUsers', 'scanUserGroups', 'scanUserRoles', 'secretAudit'],
  judge({ secret, scanUserRoles, secretAudit, ...lists }) {
    const shown = fact('secret', `“${secret.name}” does not hide its launcher password`);
    const hidden: Judgement<Key> = secret.hidePassword
      ? eachScanAccess<Key>(lists, ({ label, access }) => {
          const seen = fact('secretAccess', `${label} has ${accessText(access)} on “${secret.name}”`);
          if (atLeast(access.level, 'edit')) return pass(seen);
          if (!access.complete) return undefined;
          const when = setBy(secretRows(secretAudit), /^(hide\w*password|viewingpassword\w*)/i, 'true');
          const on = fact('secret', `Hide Launcher Password is on for “${secret.name}”${when}`);
          const text = `${on.text}, and ${label} has ${accessText(access)}; it needs Edit.`;
          return fail(text, [on, seen]);
        })
      : pass(shown);
    return worstOf([hidden, launcher(secret, scanUserRoles)]);
  },
});

/** Where a secret has a launcher, its password is hidden from every role without this permission. */
function launcher({ name, hasLauncher }: SecretSummary, roles: Told<ScanUserRoles>): Judgement<Key> {
  if (hasLauncher === false) return pass(fact('secret', `“${name}” has no launcher`));
  if ('gap' in roles) return unknown([roles.gap]);
  return eachAccount<readonly HeldRole[], Key>(roles.known, (held, { label }) => {
    if (holds(held, 'View Launcher Password')) {
      return pass(fact('scanUserRoles', `${label} has a role with View Launcher Password`));
    }
    if (hasLauncher === null) return unknown([untold]);
    const text = `“${name}” has a launcher, and no role of ${label} has View Launcher Password`;
    const remedy = `Give ${label} a role with View Launcher Password (Administration > Roles).`;
    return fail(`${text}.`, [fact('scanUserRoles', text)], remedy);
  });
}

const untold = {
  source: 'secret-server',
  cause: 'absent',
  detail: 'This version of Secret Server does not tell whether the secret has a launcher.',
} as const;
