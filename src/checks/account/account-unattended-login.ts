import { defineCheck } from '../../domain/check.ts';
import { eachUser, worstOf } from '../../domain/each-account.ts';
import type { VaultUser } from '../../domain/evidence/account.ts';
import type { Told } from '../../domain/told.ts';
import { fact, fail, type Judgement, pass, unknown, warn } from '../../domain/verdict.ts';

type Key = 'scanUsers' | 'twoFactorForWebServices' | 'directApiPrevented';

export const accountUnattendedLogin = defineCheck({
  id: 'account-unattended-login',
  section: 'account',
  title: 'It can log in unattended',
  why: 'The appliance sends a name and a password and nothing else; no second factor can be typed during a scan.',
  remedy: 'Make the scan account an application account in Secret Server (Administration > Users > Edit).',
  blocking: true,
  needs: ['scanUsers'],
  wants: ['twoFactorForWebServices', 'directApiPrevented'],
  judge({ scanUsers, twoFactorForWebServices, directApiPrevented }) {
    return eachUser(scanUsers, (user, { label }) =>
      worstOf([
        secondFactor(user, label, twoFactorForWebServices),
        directLogin(user, label, directApiPrevented),
      ]),
    );
  },
});

function secondFactor(user: VaultUser, label: string, required: Told<boolean>): Judgement<Key> {
  if ('gap' in required) return unknown([required.gap]);
  const about = 'twoFactorForWebServices';
  if (!required.known) return pass(fact(about, 'Two-factor is not required for web services'));
  const seen = fact(about, 'Two-factor is required for web services');
  const methods = user.twoFactorMethods.join(', ');
  const has = fact('scanUsers', `Two-factor methods of ${label}: ${methods || 'none'}`);
  const remedy = `Take two-factor off ${label} in Secret Server (Administration > Users > Edit).`;
  if (methods) {
    return fail(`Two-factor is required for web services, and ${label} has ${methods}.`, [seen, has], remedy);
  }
  const text = `Two-factor is required for web services; ${label} has no method yet and stops working with one.`;
  return warn(
    text,
    [seen, has],
    `Leave ${label} without two-factor, or turn the requirement off for web services.`,
  );
}

function directLogin(user: VaultUser, label: string, prevented: Told<boolean>): Judgement<Key> {
  const applicationAccount = user.applicationAccount;
  if (applicationAccount) return pass(fact('scanUsers', `${label} is an application account`));
  if ('gap' in prevented) return unknown([prevented.gap]);
  const about = 'directApiPrevented';
  if (!prevented.known) return pass(fact(about, 'Direct API authentication is allowed'));
  const seen = fact(about, 'Direct API authentication is prevented');
  if (applicationAccount === null) {
    const detail = `Secret Server does not tell whether ${label} is an application account.`;
    return unknown([{ source: 'secret-server', cause: 'absent', detail }], [seen]);
  }
  return fail(`Direct API authentication is prevented, and ${label} is no application account.`, [seen]);
}
