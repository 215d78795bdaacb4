import { defineCheck } from '../../domain/check.ts';
import { moment } from '../../domain/instant.ts';
import { accountLabel, leftBy, ofAccount } from '../../domain/scan-account.ts';
import { windowStart } from '../../domain/settings.ts';
import { ifKnown } from '../../domain/told.ts';
import { fact, pass, warn } from '../../domain/verdict.ts';

export const secretViewed = defineCheck({
  id: 'secret-viewed',
  section: 'secret',
  title: 'The scan account has viewed it',
  why: "A view in the secret's audit is the proof that a scan fetched the credential: nothing else shows it.",
  remedy:
    'Start an authenticated scan in Qualys with the record that names this secret, then run the check again.',
  blocking: false,
  needs: ['secretAudit'],
  wants: ['scanUsers'],
  judge({ secretAudit, scanUsers }, context) {
    const { settings, secret } = context;
    const start = windowStart(context);
    const [view] = settings.scanAccounts
      .flatMap((account) => {
        const user = ifKnown(ofAccount(scanUsers, account)) ?? null;
        return secretAudit
          .filter((row) => row.action === 'viewed' || row.action === 'password-displayed')
          .filter((row) => row.at >= start && leftBy(row, { account, user, settings }))
          .map((row) => ({ row, label: accountLabel(account) }));
      })
      .sort((a, b) => b.row.at - a.row.at);
    if (view) {
      return pass(
        fact('secretAudit', `${view.label} viewed “${secret}” at ${moment(view.row.at)} (${view.row.text})`),
      );
    }
    const text = `No scan account has viewed “${secret}” since ${moment(start)}`;
    return warn(`${text}.`, [fact('secretAudit', text)]);
  },
});
