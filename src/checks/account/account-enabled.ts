import { defineCheck } from '../../domain/check.ts';
import { eachAccount } from '../../domain/each-account.ts';
import { dayMs, moment, span } from '../../domain/instant.ts';
import { ofAccount } from '../../domain/scan-account.ts';
import { setBy } from '../../domain/setting-change.ts';
import { dateBlurMs } from '../../domain/vault-clock.ts';
import { fact, fail, pass, unknown, warn } from '../../domain/verdict.ts';

const soonMs = 14 * dayMs;

export const accountEnabled = defineCheck({
  id: 'account-enabled',
  section: 'account',
  title: 'The scan account exists and is enabled',
  why: 'The appliance logs in to Secret Server as this account; a missing, disabled or expired one gets no credential.',
  remedy:
    'Enable the account in Secret Server (Administration > Users), or correct its name in the vault record.',
  blocking: true,
  needs: ['scanUsers'],
  wants: ['scanUserAudits', 'vaultClock'],
  judge({ scanUsers, scanUserAudits, vaultClock }, { at }) {
    const blurMs = dateBlurMs(vaultClock);
    return eachAccount(scanUsers, (user, { account, label }) => {
      if (!user) {
        const text = `Secret Server has no user ${label} that the reader can see`;
        const remedy = `Create ${label} in Secret Server (Administration > Users), or correct \`scanAccounts\`. If it is there, a team hides it: give the reader's role Unrestricted by Teams.`;
        return fail(`${text}.`, [fact('scanUsers', text)], remedy);
      }
      if (!user.enabled) {
        const text = `${label} is disabled${setBy(ofAccount(scanUserAudits, account), /^enabled$/i, 'false')}`;
        return fail(`${text}.`, [fact('scanUsers', text)]);
      }
      if (user.expires === null) return pass(fact('scanUsers', `${label} is enabled`));
      const expiry = moment(user.expires);
      const seen = fact('scanUsers', `${label} is enabled and expires at ${expiry}`);
      const extend = `Extend the expiry of ${label} in Active Directory (Account tab, Account expires).`;
      if ('gap' in vaultClock && Math.abs(user.expires - at) <= blurMs)
        return unknown([vaultClock.gap], [seen]);
      if (user.expires <= at) return fail(`${label} expired at ${expiry}.`, [seen], extend);
      if (user.expires > at + soonMs + blurMs) return pass(seen);
      return warn(`${label} expires at ${expiry}, in ${span(user.expires - at)}.`, [seen], extend);
    });
  },
});
