import type { Evidence } from '../../domain/evidence/index.ts';
import { GapError } from '../../domain/gap.ts';
import type { VaultConfiguration } from '../../ports/vault.ts';
import type { BatchDoor, Readings } from '../reading.ts';

/** Settings of Secret Server: one question, shared by all of them. */
export const configurationReadings = {
  webServicesSetting: setting('webServicesEnabled', '"Enable Webservices"'),
  maximumLoginFailures: setting('maximumLoginFailures', '"Maximum Login Failures"'),
  twoFactorForWebServices: setting('twoFactorForWebServices', '"Require Two Factor for Web Services"'),
  directApiPrevented: setting('directApiPrevented', '"Prevent Direct API Authentication"'),
  approvalForced: setting('approvalForced', '"Force Secret Approval"'),
  viewIntervalMinutes: setting('viewIntervalMinutes', '"Secret View Interval"'),
  httpsForced: setting('forceHttps', '"Force HTTPS/SSL"'),
  duplicateNamesAllowed: setting('duplicateNamesAllowed', '"Allow Duplicate Secret Names"'),
  unlimitedAdministration: {
    source: 'secret-server',
    scope: 'batch',
    what: 'the state of unlimited administration',
    read: ({ vault }) => vault.unlimitedAdministration(),
  },
} as const satisfies Partial<Readings>;

type SettingValue = Evidence['webServicesSetting' | 'maximumLoginFailures'];

function setting<K extends keyof VaultConfiguration>(key: K, name: string) {
  type Value = Extract<VaultConfiguration[K], SettingValue>;
  return {
    source: 'secret-server',
    scope: 'batch',
    what: `the setting ${name}`,
    async read({ vault }: BatchDoor): Promise<Value> {
      const value = (await vault.configuration())[key];
      if (value === null) throw untold(name);
      return value as Value;
    },
  } as const;
}

export function untold(name: string): GapError {
  const detail = `Secret Server does not tell the setting ${name}: its version is too old, or the reader's role lacks the permission for that part of the configuration.`;
  return new GapError({ source: 'secret-server', cause: 'absent', detail });
}
