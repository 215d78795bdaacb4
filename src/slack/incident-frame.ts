import type { IncidentSetting } from './options.ts';
import type { CardFrame } from './render/incident-parts.ts';

/** The channel where incidents of an integration belong; null when none is configured. */
export function alertsChannel(setting: IncidentSetting, integration: string): string | null {
  return of(setting, integration)?.alerts ?? setting.alerts;
}

/** What a card of an integration shows beside its incident, when it stands in `channel` (null: nowhere yet). */
export function frameOf(setting: IncidentSetting, integration: string, channel: string | null): CardFrame {
  const home = alertsChannel(setting, integration);
  return {
    links: setting.links,
    escalation: setting.mention !== null,
    addresses: of(setting, integration)?.addresses ?? true,
    displacedFrom: channel !== null && home !== null && channel !== home ? home : null,
  };
}

function of({ integrations }: IncidentSetting, name: string) {
  return integrations.find(({ integration }) => integration === name);
}
