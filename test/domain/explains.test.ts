import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { causesBefore, explains, explanations } from '../../src/domain/explains.ts';

/** The public ids: those of the sections that are still to come included. */
const ids = [
  ...['url-resolves', 'port-open', 'tls-trusted', 'service-answers', 'web-services-enabled'],
  'reachable-from-appliance',
  ...['account-enabled', 'account-unlocked', 'account-unattended-login', 'account-least-privilege'],
  ...['account-grouped', 'account-address-restricted', 'account-logs-in'],
  ...['secret-found', 'secret-readable', 'secret-approval', 'secret-launcher-password', 'secret-doublelock'],
  ...['secret-checkout', 'secret-comment', 'secret-heartbeat', 'secret-viewed'],
  ...['folder-dedicated', 'folder-read-only', 'https-forced', 'hsts-enabled', 'names-unique'],
  ...['lockout-subscribed', 'siem-forwarding', 'siem-receiving'],
  ...['qualys-vault-record', 'qualys-vault-current', 'qualys-auth-record', 'qualys-appliance-online'],
  'qualys-scan-authenticated',
  ...['directory-account-usable', 'directory-scan-account-usable', 'password-in-step'],
];
const advice = ids.filter(
  (id) =>
    ['account-least-privilege', 'account-grouped', 'secret-viewed', 'qualys-scan-authenticated'].includes(
      id,
    ) || /^(folder|https|hsts|names|lockout|siem)-/.test(id),
);

describe('the table', () => {
  it('names only known ids', () => {
    expect(ids).toHaveLength(38);
    const named = explanations().flatMap(({ cause, consequence }) => [cause, consequence]);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
    expect(checks.map((one) => one.id).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('has no circle', () => {
    const open = new Set(ids);
    let before = 0;
    // Whatever nothing open explains is taken away, until nothing moves: what stays is a circle.
    while (before !== open.size) {
      before = open.size;
      for (const id of [...open]) if (causesBefore(id, [...open]).length === 0) open.delete(id);
    }
    expect([...open]).toEqual([]);
  });

  it('lets advice explain nothing, and no row explain itself', () => {
    const causes = explanations().map((one) => one.cause);
    expect(causes.filter((id) => advice.includes(id))).toEqual([]);
    expect(ids.filter((id) => explains(id, id))).toEqual([]);
  });
});

describe('explains', () => {
  const end = ['secret-viewed', 'qualys-scan-authenticated'];

  it.each([
    [
      'url-resolves',
      [
        'port-open',
        'tls-trusted',
        'service-answers',
        'web-services-enabled',
        'reachable-from-appliance',
        'account-logs-in',
        ...end,
      ],
    ],
    ['service-answers', ['web-services-enabled', 'reachable-from-appliance', 'account-logs-in', ...end]],
    ['web-services-enabled', ['reachable-from-appliance', 'account-unlocked', 'account-logs-in', ...end]],
    ['reachable-from-appliance', ['account-logs-in', ...end]],
    ['account-enabled', ['reachable-from-appliance', 'account-logs-in', ...end]],
    ['account-unlocked', ['reachable-from-appliance', 'account-logs-in', ...end]],
    ['account-unattended-login', ['reachable-from-appliance', 'account-unlocked', 'account-logs-in', ...end]],
    [
      'account-address-restricted',
      ['reachable-from-appliance', 'account-unlocked', 'account-logs-in', ...end],
    ],
    ['account-logs-in', end],
    ['secret-found', end],
    ['secret-doublelock', end],
    ['secret-comment', end],
    ['secret-heartbeat', ['qualys-scan-authenticated']],
    ['qualys-vault-current', ['reachable-from-appliance', 'account-unlocked', 'account-logs-in', ...end]],
    ['qualys-auth-record', end],
    ['directory-account-usable', ['secret-heartbeat', 'qualys-scan-authenticated']],
    ['password-in-step', ['secret-heartbeat', 'qualys-scan-authenticated']],
    ['secret-viewed', []],
    ['hsts-enabled', []],
  ])('%s', (cause, consequences) => {
    expect(ids.filter((id) => explains(cause, id)).toSorted()).toEqual(consequences.toSorted());
  });
});
