import type { Config } from './load.ts';

/**
 * Integrations whose incidents have no channel: neither their own nor the common one is set. Empty where nothing is
 * said of a chat at all.
 */
export function unheardIntegrations({
  slack,
  integrations,
}: Pick<Config, 'slack' | 'integrations'>): string[] {
  if (!slack || slack.alerts) return [];
  return integrations.filter(({ alerts }) => alerts === null).map(({ settings }) => settings.integration);
}
