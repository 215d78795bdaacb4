import { expect, it } from 'vitest';
import { reachableFromAppliance } from '../../../src/checks/reach/reachable-from-appliance.ts';
import { dayMs } from '../../../src/domain/instant.ts';
import {
  appliance,
  at,
  type Given,
  gap,
  itJudges,
  judged,
  loginRow,
  perAccount,
  qualys,
  second,
} from '../../given.ts';

const dmz = { appliances: [{ ...appliance, site: 'dmz' }] };
const two = { appliances: [appliance, { ...appliance, name: 'appliance-02', addresses: ['10.20.30.41'] }] };

const logins = (...addresses: string[]) => ({
  scanUserAudits: perAccount([qualys, addresses.map((address) => loginRow({ address }))]),
});
const probe = (told: { reached: boolean } | typeof gap): Given => ({
  siteReach: [{ site: 'dmz', told: 'gap' in told ? told : { known: { ...told, detail: 'ETIMEDOUT' } } }],
});
const unreadable = { scanUserAudits: perAccount([qualys, gap]) };
const seen = { readerSeenFrom: { address: '10.0.0.5' } };

itJudges(reachableFromAppliance, [
  [
    'a login from its address',
    { ...seen, ...logins('10.20.30.40') },
    'pass',
    'CORP\\svc-qualys logged in from appliance-01 (10.20.30.40) at 2026-11-23T02:00Z',
  ],
  [
    'a login from its address, IPv4 in IPv6',
    { ...seen, ...logins('::ffff:10.20.30.40') },
    'pass',
    'appliance-01',
  ],
  [
    'a probe that got through',
    { ...seen, ...logins(), ...probe({ reached: true }) },
    'pass',
    'the network of appliance-01 can reach it',
    dmz,
  ],
  [
    'a probe that got through, audits unread',
    { ...unreadable, ...probe({ reached: true }) },
    'pass',
    'can reach it',
    dmz,
  ],
  [
    'a login, and the probe did not answer',
    { ...seen, ...logins('10.20.30.40'), ...probe(gap) },
    'pass',
    'logged in from',
    dmz,
  ],
  [
    'a probe that failed and no login',
    { ...seen, ...logins(), ...probe({ reached: false }) },
    'fail',
    'does not reach Secret Server (ETIMEDOUT), and no scan account logged in from it since 2026-11-17T02:00Z',
    dmz,
  ],
  [
    'a probe that failed after a login',
    { ...seen, ...logins('10.20.30.40'), ...probe({ reached: false }) },
    'warn',
    'although CORP\\svc-qualys logged in',
    dmz,
  ],
  [
    'a probe that failed, audits unread',
    { ...seen, ...unreadable, ...probe({ reached: false }) },
    'unknown',
    gap.gap.detail,
    dmz,
  ],
  [
    'a login from elsewhere only',
    { ...seen, ...logins('10.9.9.9') },
    'unknown',
    'No login of a scan account from appliance-01',
  ],
  ['no probe and no login', { ...seen, ...logins() }, 'unknown', 'No login of a scan account'],
  ['no login seen and audits unread', { ...seen, ...unreadable }, 'unknown', gap.gap.detail],
  [
    'the probe did not answer and no login',
    { ...seen, ...logins(), ...probe(gap) },
    'unknown',
    gap.gap.detail,
    dmz,
  ],
  ['no site was asked', { ...seen, ...logins(), siteReach: gap }, 'unknown', gap.gap.detail, dmz],
  ['one of two appliances', { ...seen, ...logins('10.20.30.40') }, 'unknown', 'appliance-02', two],
  ['both appliances', { ...seen, ...logins('10.20.30.40', '10.20.30.41') }, 'pass', 'appliance-02', two],
  [
    'no appliance configured',
    { ...seen, ...logins('10.20.30.40') },
    'unknown',
    'No appliance is configured',
    { appliances: [] },
  ],
  [
    'a proxy hides who is who',
    { ...logins('10.20.30.40'), readerSeenFrom: { address: '10.20.30.40' } },
    'unknown',
    'a proxy hides who is who',
  ],
  [
    'where the reader was seen from is unknown',
    { ...logins('10.20.30.40'), readerSeenFrom: gap },
    'pass',
    'logged in from',
  ],
]);

it('counts a login of any scan account, and none from before the window', () => {
  const old = loginRow({ at: at - 8 * dayMs });
  const given = (row: typeof old) => ({ scanUserAudits: perAccount([qualys, []], [second, [row]]) });
  const settings = { scanAccounts: [qualys, second] };
  expect(judged(reachableFromAppliance, given(old), settings).verdict).toBe('unknown');
  expect(judged(reachableFromAppliance, given(loginRow()), settings).verdict).toBe('pass');
});

it('does not take a failed login for a way through', () => {
  const given = { scanUserAudits: perAccount([qualys, [loginRow({ action: 'login-failure' })]]) };
  expect(judged(reachableFromAppliance, given).verdict).toBe('unknown');
});
