import { describe, expect, it } from 'vitest';
import { applianceAt, rangesOf, sharedAddress } from '../../src/domain/appliance-address.ts';
import { dayMs, hourMs } from '../../src/domain/instant.ts';
import { addressesOf, failuresSince, isFromElsewhere, loginsIn } from '../../src/domain/logins.ts';
import { appliance, at, context, gap, loginRow } from '../given.ts';

const login = (hours: number) => loginRow({ at: at - hours * hourMs });
const failure = (hours: number, address: string | null = '10.9.9.9') =>
  loginRow({ at: at - hours * hourMs, action: 'login-failure', address });

describe('loginsIn', () => {
  it('keeps the window and sorts the newest first', () => {
    const rows = [
      login(5),
      failure(3),
      loginRow({ at: at - 8 * dayMs }),
      login(2),
      loginRow({ action: 'logout' }),
    ];
    expect(loginsIn(rows, context())).toEqual({ successes: [login(2), login(5)], failures: [failure(3)] });
  });

  it('has the start of the window within it', () => {
    const first = loginRow({ at: at - 7 * dayMs });
    expect(loginsIn([first], context()).successes).toEqual([first]);
  });
});

describe('failuresSince', () => {
  it.each([
    ['after the latest success', [login(2), failure(1), failure(3)], [failure(1)]],
    ['all without one', [failure(1), failure(3)], [failure(1), failure(3)]],
    ['none', [login(2), failure(3)], []],
  ])('%s', (_, rows, expected) => {
    expect(failuresSince(loginsIn(rows, context()))).toEqual(expected);
  });
});

describe('addresses', () => {
  it('are named once each', () => {
    expect(addressesOf([failure(1), failure(2), failure(3, '10.0.0.1'), failure(4, null)])).toBe(
      '10.9.9.9, 10.0.0.1',
    );
    expect(addressesOf([failure(1, null)])).toBe('no recorded address');
  });

  it('are from elsewhere only when recorded', () => {
    const all = [appliance];
    expect(isFromElsewhere(failure(1), all)).toBe(true);
    expect(isFromElsewhere(failure(1, '10.20.30.40'), all)).toBe(false);
    expect(isFromElsewhere(failure(1, null), all)).toBe(false);
  });

  it.each([
    ['10.20.30.40', true],
    ['::ffff:10.20.30.40', true],
    ['10.20.30.41', false],
    ['nonsense', false],
    [null, false],
  ])("%s is an appliance's: %s", (address, expected) => {
    expect(applianceAt(address, [appliance]) !== undefined).toBe(expected);
  });

  it('may be ranges, and leave out what is none', () => {
    const ranged = { ...appliance, addresses: ['10.1.0.0/30', 'a.corp.example'] };
    expect(rangesOf([ranged])).toHaveLength(1);
    expect(applianceAt('10.1.0.3', [appliance, ranged])).toBe(ranged);
  });

  it("are shared when the reader was seen under an appliance's", () => {
    expect(sharedAddress({ known: { address: '10.20.30.40' } }, [appliance])).toBe('10.20.30.40');
    expect(sharedAddress({ known: { address: '10.0.0.5' } }, [appliance])).toBeUndefined();
    expect(sharedAddress({ known: { address: null } }, [appliance])).toBeUndefined();
    expect(sharedAddress(gap, [appliance])).toBeUndefined();
  });
});
