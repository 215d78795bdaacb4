import { defineCheck } from '../../domain/check.ts';
import { fact, pass, warn } from '../../domain/verdict.ts';

export const namesUnique = defineCheck({
  id: 'names-unique',
  section: 'practice',
  title: 'Duplicate secret names are not allowed',
  why: 'Qualys asks for a secret by its name: of two with one name it is not defined which it gets. The setting speaks of one folder.',
  remedy: 'Turn Allow Duplicate Secret Names off (Administration > Configuration > Permission Options).',
  blocking: false,
  needs: ['duplicateNamesAllowed'],
  judge({ duplicateNamesAllowed }) {
    const text = `Duplicate secret names are ${duplicateNamesAllowed ? '' : 'not '}allowed in a folder`;
    const seen = fact('duplicateNamesAllowed', text);
    return duplicateNamesAllowed
      ? warn(`${text}, and Qualys finds a secret by its name.`, [seen])
      : pass(seen);
  },
});
