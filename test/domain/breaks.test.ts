import { describe, expect, it } from 'vitest';
import { breaksOf } from '../../src/domain/breaks.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { at, bookOf, context, type Given, gap } from '../given.ts';
import { lockedOut, minute } from '../incidents.ts';

const vaultRecord = {
  record: { id: 1, title: 'Corp Secret Server', lastModified: null, modifiedBy: null },
  login: {
    known: { url: 'https://vault.corp.example/SecretServer', username: 'svc-qualys', domain: 'CORP' },
  },
};

describe('what an incident breaks', () => {
  const scan = (title: string, minutes: number, targets: string[]) => ({
    title,
    state: 'finished' as const,
    launchedAt: minute(minutes),
    durationMs: null,
    targets,
  });
  const settings: Settings = context({
    qualys: {
      url: 'https://q.example',
      username: 'u',
      vaults: [],
      recordTypes: ['windows'],
      failedAuthenticationQids: [],
    },
  }).settings;
  const authentication = {
    id: 2,
    type: 'windows',
    title: 'Corp windows',
    username: null,
    domain: null,
    vaultId: 1,
    vaultTitle: null,
    secretName: 'scanadmin',
    targets: ['10.1.0.1-10.1.0.9'],
    lastModified: null,
  };
  const given: Given = {
    vaultRecords: { readAt: at, records: [vaultRecord] },
    authenticationRecords: { readAt: at, types: [{ type: 'windows', told: { known: [authentication] } }] },
    scans: {
      readAt: at,
      scans: [
        scan('Weekly', -5, ['10.1.0.4']),
        scan('Old', -3_000, ['10.1.0.4']),
        scan('Other', -4, ['10.9.9.9']),
      ],
    },
  };

  it('the watched secrets, and the scans that reached hosts of its records', () => {
    const found = breaksOf(bookOf(given), lockedOut(), { settings, watched: { known: ['a', 'b'] } });
    expect(found).toEqual({ secrets: ['a', 'b'], scans: [{ title: 'Weekly', at: minute(-5) }], unread: [] });
  });

  it('says what could not be read', () => {
    const found = breaksOf(bookOf({ ...given, scans: gap }), lockedOut(), { settings, watched: gap });
    expect(found).toEqual({ secrets: [], scans: [], unread: [gap.gap.detail] });
  });

  it('one secret is what an incident about one secret breaks', () => {
    const incident = lockedOut({ secret: 'scanadmin' });
    expect(breaksOf(bookOf({}), incident, { settings: context().settings, watched: gap }).secrets).toEqual([
      'scanadmin',
    ]);
  });
});
