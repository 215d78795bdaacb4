import type {
  AuthenticationRecord,
  AuthenticationRecords,
  Scan,
  ScannedHost,
  ScannerAppliance,
  VaultLogin,
  VaultRecord,
  VaultRecords,
} from '../../../src/domain/evidence/qualys.ts';
import type { Gap } from '../../../src/domain/gap.ts';
import { dayMs, hourMs, minuteMs } from '../../../src/domain/instant.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { at } from '../../given.ts';

export const blind: Gap = { source: 'qualys', cause: 'denied', detail: 'The account has expired.' };

/** Settings with a Qualys in them. */
export const withQualys = (more: Partial<Settings> = {}): Partial<Settings> => ({
  qualys: {
    url: 'https://qualysapi.corp.example',
    username: 'corp_ab1',
    vaults: [],
    recordTypes: ['windows', 'unix'],
    failedAuthenticationQids: [105015],
  },
  ...more,
});

type RecordFields = Partial<VaultRecord & VaultLogin> & { unread?: Gap };

export function vaultRecords(...all: RecordFields[]): VaultRecords {
  return {
    readAt: at - minuteMs,
    records: all.map(({ unread, ...fields }, index) => ({
      record: {
        id: fields.id ?? index + 1,
        title: fields.title ?? 'Corp',
        lastModified: fields.lastModified === undefined ? at - 30 * dayMs : fields.lastModified,
        modifiedBy: 'corp_mg1',
      },
      login: unread
        ? { gap: unread }
        : {
            known: {
              url: fields.url ?? 'https://vault.corp.example/SecretServer',
              username: fields.username ?? 'svc-qualys',
              domain: fields.domain === undefined ? 'CORP' : fields.domain,
            },
          },
    })),
  };
}

export function record(fields: Partial<AuthenticationRecord> = {}): AuthenticationRecord {
  return {
    id: 4000,
    type: 'windows',
    title: 'Windows hosts',
    username: 'scanadmin',
    domain: 'CORP',
    vaultId: 1,
    vaultTitle: 'Corp',
    secretName: 'scanadmin',
    targets: ['10.1.0.1-10.1.0.38'],
    lastModified: at - 30 * dayMs,
    ...fields,
  };
}

/** The windows records, and an answer for unix that may be a gap. */
export function records(
  all: AuthenticationRecord[],
  unix: Gap | AuthenticationRecord[] = [],
): AuthenticationRecords {
  return {
    readAt: at,
    types: [
      { type: 'windows', told: { known: all } },
      { type: 'unix', told: Array.isArray(unix) ? { known: unix } : { gap: unix } },
    ],
  };
}

export function machine(fields: Partial<ScannerAppliance> = {}): ScannerAppliance {
  return {
    name: 'appliance-01',
    online: true,
    status: 'Online',
    heartbeatsMissed: 0,
    lastConnected: at - minuteMs,
    pollingSeconds: 180,
    addresses: ['192.168.7.4'],
    ...fields,
  };
}

export function scan(fields: Partial<Scan> = {}): Scan {
  return {
    title: 'Weekly',
    state: 'finished',
    launchedAt: at - 2 * hourMs,
    durationMs: hourMs,
    targets: ['10.1.0.0/24', 'some-group'],
    ...fields,
  };
}

export const scans = (...all: Scan[]) => ({ readAt: at, scans: all });

export function host(number: number, fields: Partial<ScannedHost> = {}): ScannedHost {
  return { address: `10.1.0.${number}`, scannedAt: at - hourMs, authenticatedAt: at - hourMs, ...fields };
}

export const hosts = (...all: ScannedHost[]) => ({ readAt: at, hosts: all });
