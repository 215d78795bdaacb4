import { defineCheck } from '../../domain/check.ts';
import { secretRows, setBy } from '../../domain/setting-change.ts';
import { fact, fail, pass } from '../../domain/verdict.ts';

export const secretDoublelock = defineCheck({
  id: 'secret-doublelock',
  section: 'secret',
  title: 'DoubleLock is off',
  why: 'DoubleLock (QuantumLock in newer versions) asks each person for a second password of their own; no permission gives the appliance access.',
  remedy: 'Turn DoubleLock off on the secret (Security tab; newer versions call it QuantumLock).',
  blocking: true,
  needs: ['secret'],
  wants: ['secretAudit'],
  judge({ secret, secretAudit }) {
    const name = `“${secret.name}” (id ${secret.id})`;
    if (!secret.doubleLock) return pass(fact('secret', `DoubleLock is off on ${name}`));
    const when = setBy(secretRows(secretAudit), /^(double|quantum)lock/i, 'true');
    const text = `DoubleLock (QuantumLock) is on for ${name}${when}: nothing can give the scan account access`;
    return fail(`${text}.`, [fact('secret', text)]);
  },
});
