import { z } from 'zod';
import type { Vault, VaultConfiguration } from '../../ports/vault.ts';
import type { Ask } from './ask.ts';
import {
  GeneralConfiguration,
  LoginSettings,
  olderConfiguration,
  SecuritySettings,
} from './schemas/configuration.ts';

const sections = {
  loadApplicationSettings: 'true',
  loadSecurity: 'true',
  loadLogin: 'true',
  loadPermissionOptions: 'true',
  loadUserExperience: 'true',
};

/** Only the sections that rules ask for: the others hold the password of the mail server. */
export function configuration(ask: Ask): Pick<Vault, 'configuration' | 'unlimitedAdministration'> {
  return {
    configuration: () => ask.once('configuration', () => read(ask)),
    unlimitedAdministration: () =>
      ask.once('unlimited', async () => {
        const { enabled } = await ask.one('/api/v1/configuration/unlimited-admin', Unlimited);
        return enabled;
      }),
  };
}

const Unlimited = z.object({ enabled: z.boolean() });

async function read(ask: Ask): Promise<VaultConfiguration> {
  const general = await ask.oneIfKnown('/api/v2/configuration/general', GeneralConfiguration, sections);
  if (general) return general;
  const [security, login] = await Promise.all([
    ask.oneIfKnown('/api/v1/configuration/security', SecuritySettings),
    ask.oneIfKnown('/api/v2/configuration/login', LoginSettings),
  ]);
  const older = login ?? (await ask.oneIfKnown('/api/v1/configuration/login', LoginSettings));
  return olderConfiguration(security, older);
}
