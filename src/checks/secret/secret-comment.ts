import { defineCheck } from '../../domain/check.ts';
import { secretRows, setBy } from '../../domain/setting-change.ts';
import { fact, fail, pass, unknown } from '../../domain/verdict.ts';

export const secretComment = defineCheck({
  id: 'secret-comment',
  section: 'secret',
  title: 'No comment or ticket is demanded',
  why: 'An unattended login types no comment and no ticket number, so a secret that demands one stays closed to it.',
  remedy: 'Turn "Require Comment" and the ticket number off on the secret (Security tab).',
  blocking: true,
  needs: ['secret'],
  wants: ['commentRule', 'secretAudit'],
  judge({ secret, commentRule, secretAudit }) {
    const rule = 'known' in commentRule ? commentRule.known : { comment: false, ticket: false };
    const demanded = [
      (secret.requiresComment || rule.comment) && 'a comment',
      rule.ticket && 'a ticket number',
    ].filter((one) => one !== false);
    if (demanded.length > 0) {
      const when = setBy(secretRows(secretAudit), /comment|ticket/i, 'true');
      const text = `“${secret.name}” demands ${demanded.join(' and ')} before it is shown${when}`;
      return fail(`${text}; the appliance gives none.`, [fact('secret', text)]);
    }
    const free = fact('secret', `“${secret.name}” demands no comment`);
    if ('gap' in commentRule) return unknown([commentRule.gap], [free]);
    return pass(free, fact('commentRule', 'Neither a comment nor a ticket number is demanded'));
  },
});
