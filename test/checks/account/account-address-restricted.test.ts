import { accountAddressRestricted } from '../../../src/checks/account/account-address-restricted.ts';
import { appliance, gap, itJudges, loginRow, perAccount, qualys, second } from '../../given.ts';

const named = (ranges: string[]) => ranges.map((range) => ({ name: 'Scanners', range }));
const held = (own: string[], byGroup: string[] = []) => ({
  own: named(own),
  groups: [
    { group: 'Everyone', ranges: [] },
    { group: 'Qualys Scanners', ranges: named(byGroup) },
  ],
});
const of = (
  own: string[],
  byGroup: string[] = [],
  more: object = { scanUserAudits: perAccount([qualys, []]) },
) => ({
  scanUserRestrictions: perAccount([qualys, held(own, byGroup)]),
  ...more,
});
const login = { scanUserAudits: perAccount([qualys, [loginRow()]]) };
const loginElsewhere = {
  scanUserAudits: perAccount([qualys, [loginRow({ address: '10.9.9.9' }), loginRow({ address: null })]]),
};
const failed = { scanUserAudits: perAccount([qualys, [loginRow({ action: 'login-failure' })]]) };
const ranged = { appliances: [{ ...appliance, addresses: ['10.20.30.40-10.20.30.43'] }] };
const two = { appliances: [appliance, { ...appliance, name: 'appliance-02', addresses: ['fd00::1'] }] };

itJudges(accountAddressRestricted, [
  [
    'no address of an appliance',
    of([]),
    'skipped',
    "No appliance's address",
    { appliances: [{ ...appliance, addresses: [] }] },
  ],
  [
    'its own range is the appliance',
    of(['10.20.30.40']),
    'pass',
    'may log in from appliance-01 (10.20.30.40)',
  ],
  ["its group's range is the appliance", of([], ['10.20.30.40/32']), 'pass', 'may log in from appliance-01'],
  ['both admit it', of(['10.20.30.40'], ['10.20.30.40-10.20.30.41']), 'pass', 'may log in from appliance-01'],
  ['no restriction on either', of([]), 'warn', 'neither it nor its groups are restricted'],
  ['its own leaves the appliance out', of(['10.9.9.9']), 'fail', '10.20.30.40 is not within 10.9.9.9'],
  ['both leave it out', of(['10.9.9.9'], ['10.9.9.8']), 'fail', 'is not within 10.9.9.9, 10.9.9.8'],
  ['only its own admits it', of(['10.20.30.40'], ['10.9.9.9']), 'unknown', 'Only one of the restrictions'],
  ['only its group admits it', of(['10.9.9.9'], ['10.20.30.40']), 'unknown', 'Only one of the restrictions'],
  [
    'only one admits it, but it logged in',
    of(['10.20.30.40'], ['10.9.9.9'], login),
    'pass',
    'it did at 2026-11-23T02:00Z',
  ],
  [
    'only one admits it, and it logged in from elsewhere',
    of(['10.20.30.40'], ['10.9.9.9'], loginElsewhere),
    'unknown',
    'Only one',
  ],
  ['only one admits it, and it failed to', of(['10.20.30.40'], ['10.9.9.9'], failed), 'unknown', 'Only one'],
  [
    'only one admits it, audit unread',
    of(['10.20.30.40'], ['10.9.9.9'], { scanUserAudits: gap }),
    'unknown',
    'Only one',
  ],
  ['4 other addresses', of(['10.20.30.38-10.20.30.42']), 'pass', 'admit 4 other addresses'],
  ['5 other addresses', of(['10.20.30.38-10.20.30.43']), 'warn', "from 5 addresses that are no appliance's"],
  [
    'other addresses of both sides count',
    of(['10.20.30.40-10.20.30.43'], ['10.20.30.38-10.20.30.40'], login),
    'warn',
    'from 5 addresses',
  ],
  [
    'the same ones count once',
    of(['10.20.30.40-10.20.30.43'], ['10.20.30.40-10.20.30.44']),
    'pass',
    'admit 4 other',
  ],
  ['loopback does not count', of(['10.20.30.40', '127.0.0.0/8', '::1']), 'pass', 'admit 0 other addresses'],
  [
    'a whole range of an appliance',
    of(['10.20.30.40-10.20.30.41', '10.20.30.42-10.20.30.43']),
    'pass',
    '10.20.30.40-10.20.30.43',
    ranged,
  ],
  ['half of it', of(['10.20.30.40-10.20.30.41']), 'fail', 'is not within', ranged],
  [
    'the other appliance is left out',
    of(['10.20.30.40']),
    'fail',
    'may not log in from appliance-02: fd00::1',
    two,
  ],
  ['both appliances, two families', of(['10.20.30.40', 'fd00::/127']), 'pass', 'appliance-02 (fd00::1)', two],
  ['a range that cannot be read', of(['10.20.30.40', 'all of it']), 'unknown', 'cannot be read: all of it'],
  ['restrictions unread', { scanUserRestrictions: perAccount([qualys, gap]) }, 'unknown', gap.gap.detail],
  [
    'the second of two accounts',
    { scanUserRestrictions: perAccount([qualys, held(['10.20.30.40'])], [second, held(['10.9.9.9'])]) },
    'fail',
    'svc-qualys-2 may not log in from appliance-01',
  ],
]);
