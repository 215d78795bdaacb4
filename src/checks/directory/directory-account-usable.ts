import { defineCheck } from '../../domain/check.ts';
import { judgeLogin, withoutTarget } from '../../domain/directory-login.ts';

export const directoryAccountUsable = defineCheck({
  id: 'directory-account-usable',
  section: 'directory',
  title: 'The account behind the secret can log in',
  why: 'The scan logs in to its targets as this account. A right password is of no use while the directory refuses it.',
  remedy: 'Make the account usable in Active Directory Users and Computers.',
  blocking: true,
  needs: ['targetAccount'],
  exempt: ({ settings, secret }) => withoutTarget(settings, secret),
  judge({ targetAccount: { name, found } }, { at }) {
    return judgeLogin(found, { label: name, about: 'targetAccount' }, at);
  },
});
