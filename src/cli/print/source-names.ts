import type { GapSource } from '../../domain/gap.ts';

/** The sides of the chain, as a person calls them. */
export const sourceNames: Record<GapSource, string> = {
  'secret-server': 'Secret Server',
  qualys: 'Qualys',
  directory: 'the directory',
  probe: 'the probe',
  vaultcheck: 'Vaultcheck',
};
