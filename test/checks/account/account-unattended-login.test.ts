import { accountUnattendedLogin } from '../../../src/checks/account/account-unattended-login.ts';
import { gap, itJudges, perAccount, qualys, second, user } from '../../given.ts';

const off = { twoFactorForWebServices: false, directApiPrevented: false };
const of = (fields: Parameters<typeof user>[0], settings: object = off) => ({
  scanUsers: perAccount([qualys, user(fields)]),
  ...off,
  ...settings,
});
const twoFactor = { twoFactorForWebServices: true };
const prevented = { directApiPrevented: true };
const duo = { twoFactorMethods: ['Duo'] };
const ordinary = { applicationAccount: false };

itJudges(accountUnattendedLogin, [
  ['nothing in the way', of(ordinary), 'pass', 'Two-factor is not required'],
  ['a method, but not required', of(duo), 'pass', 'not required'],
  ['required, with a method', of(duo, twoFactor), 'fail', 'CORP\\svc-qualys has Duo'],
  [
    'required, without a method: what was seen',
    of({}, twoFactor),
    'warn',
    'Two-factor methods of CORP\\svc-qualys: none',
  ],
  ['required, without a method', of({}, twoFactor), 'warn', 'has no method yet'],
  ['prevented, no application account', of(ordinary, prevented), 'fail', 'is no application account'],
  ['prevented, an application account', of({}, prevented), 'pass', 'is an application account'],
  [
    'prevented, kind of account not told',
    of({ applicationAccount: null }, prevented),
    'unknown',
    'does not tell whether',
  ],
  [
    'both',
    of({ ...duo, ...ordinary }, { ...twoFactor, ...prevented }),
    'fail',
    'has Duo. Direct API authentication is prevented',
  ],
  ['two-factor setting unread', of({}, { twoFactorForWebServices: gap }), 'unknown', gap.gap.detail],
  [
    'two-factor setting unread beside a fail',
    of(ordinary, { ...prevented, twoFactorForWebServices: gap }),
    'fail',
    'no application account',
  ],
  [
    'direct login unread, ordinary user',
    of(ordinary, { directApiPrevented: gap }),
    'unknown',
    gap.gap.detail,
  ],
  [
    'direct login unread, application account',
    of({}, { directApiPrevented: gap }),
    'pass',
    'is an application account',
  ],
  ['no such user', { ...off, scanUsers: perAccount([qualys, null]) }, 'unknown', 'has no user'],
  [
    'the second of two',
    { ...off, ...twoFactor, scanUsers: perAccount([qualys, user()], [second, user(duo)]) },
    'fail',
    'svc-qualys-2 has Duo',
  ],
]);
