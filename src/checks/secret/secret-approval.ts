import { accessText } from '../../domain/access.ts';
import { defineCheck } from '../../domain/check.ts';
import type { ApprovalRule } from '../../domain/evidence/secret.ts';
import { eachScanAccess, type ScanAccess } from '../../domain/secret-access.ts';
import { secretRows, setBy } from '../../domain/setting-change.ts';
import { gapsOf, ifKnown, type Told } from '../../domain/told.ts';
import { type Fact, fact, fail, type Judgement, pass, unknown } from '../../domain/verdict.ts';

type Key = 'secret' | 'approvalRule' | 'approvalForced' | 'secretAccess';
type Rules = { approvalRule: Told<ApprovalRule>; approvalForced: Told<boolean> };

export const secretApproval = defineCheck({
  id: 'secret-approval',
  section: 'secret',
  title: 'Approval does not stand in the way',
  why: 'A scan cannot ask a person for approval and wait; only an account that is exempt gets through.',
  remedy:
    'Turn "Requires Approval for Access" off on the secret (Security tab), or give the scan account elevated access that is exempt from it.',
  blocking: true,
  needs: ['secret'],
  wants: ['approvalRule', 'approvalForced', 'secretAccess', 'scanUsers', 'scanUserGroups', 'secretAudit'],
  judge({ secret, approvalRule, approvalForced, secretAudit, ...lists }) {
    if (!secret.requiresApproval && !ifKnown(approvalRule)?.required) {
      return pass(fact('secret', `“${secret.name}” does not require approval`));
    }
    const when = setBy(secretRows(secretAudit), /approval/i, 'true');
    const required = fact('secret', `“${secret.name}” requires approval for access${when}`);
    const nobody = exemptsNobody({ approvalRule, approvalForced });
    if (nobody)
      return fail(`Approval for access is required on “${secret.name}”${when}, and ${nobody.text}.`, [
        required,
        nobody,
      ]);
    return eachScanAccess<Key>(lists, (scan) => judgeOne(scan, required, { approvalRule, approvalForced }));
  },
});

/** Settings under which no access exempts anybody. */
function exemptsNobody({ approvalRule, approvalForced }: Rules): Fact<Key> | undefined {
  if (ifKnown(approvalForced)) return fact('approvalForced', 'approval is forced for everybody');
  const rule = ifKnown(approvalRule);
  if (!rule?.ownersAlso || !rule.editorsAlso) return undefined;
  return fact('approvalRule', 'owners, approvers and editors require approval too');
}

/** Undefined: a group that could not be read might give the access that is exempt. */
function judgeOne(scan: ScanAccess, required: Fact<'secret'>, rules: Rules): Judgement<Key> | undefined {
  const { label, access } = scan;
  const seen = [required, fact('secretAccess', `${label} has ${accessText(access)}`)];
  const exempt = exemption(access.level, rules);
  if (exempt === 'open') return unknown(openGaps(rules), seen);
  if (exempt === 'yes')
    return pass(fact('approvalRule', `${label} is exempt from approval by its access`), ...seen);
  if (!access.complete) return undefined;
  const text = `${required.text}, and ${label} (${accessText(access)}) is not exempt.`;
  const approver =
    'Approvers cannot be read; one would be exempt unless owners and approvers need approval too.';
  return fail(`${text} ${approver}`, seen);
}

/** `open`: it hangs on a setting that could not be read. Forced approval takes every exemption back. */
function exemption(level: string, { approvalRule, approvalForced }: Rules): 'yes' | 'no' | 'open' {
  if (level !== 'owner' && level !== 'edit') return 'no';
  const [rule, forced] = [ifKnown(approvalRule), ifKnown(approvalForced)];
  const also = level === 'owner' ? rule?.ownersAlso : rule?.editorsAlso;
  if (also === true || forced === true) return 'no';
  return also === false && forced === false ? 'yes' : 'open';
}

function openGaps({ approvalRule, approvalForced }: Rules) {
  const [first, ...more] = gapsOf([approvalRule, approvalForced]);
  const detail = 'The approval settings could not be read.';
  return [first ?? ({ source: 'secret-server', cause: 'absent', detail } as const), ...more] as const;
}
