import { describe, expect, it } from 'vitest';
import { holds, isBeyondReading } from '../../src/domain/permissions.ts';

describe('holds', () => {
  const roles = [
    { id: 1, name: 'One', permissions: [] },
    { id: 2, name: 'Two', permissions: ['viewSecret', 'View Launcher Password'] },
  ];

  it.each([
    ['View Secret', true],
    ['VIEW SECRET', true],
    ['ViewLauncherPassword', true],
    ['View Secret Audit', false],
    ['Secret', false],
  ])('%s: %s', (permission, expected) => {
    expect(holds(roles, permission)).toBe(expected);
  });
});

describe('isBeyondReading', () => {
  it.each([
    ['Administer Users', true],
    ['AdministerUsers', true],
    ['Edit Secret', true],
    ['OwnSecret', true],
    ['delete secret', true],
    ['Unlimited Administrator', true],
    ['Bypass-Two-Factor', true],
    ['Web Services Impersonate', true],
    ['View Secret', false],
    ['View Deleted Secrets', false],
    ['ViewUnlimitedAdministrator', false],
    ['View Edit History', false],
    ['Add Secret', false],
    ['Owner Report', false],
    ['Editor', false],
    ['', false],
  ])('%s: %s', (permission, expected) => {
    expect(isBeyondReading(permission)).toBe(expected);
  });
});
