import type { Config } from './load.ts';

/** Every channel of the configuration, once, with the place that names it. */
export function channelsOf({
  slack,
  integrations,
}: Pick<Config, 'slack' | 'integrations'>): { id: string; where: string }[] {
  const all = [
    { id: slack?.alerts, where: 'slack.alerts' },
    { id: slack?.reports, where: 'slack.reports' },
    ...integrations.map((one, index) => ({ id: one.alerts, where: `integrations[${index}].alerts` })),
  ];
  const named = all.flatMap(({ id, where }) => (id ? [{ id, where }] : []));
  return [...new Map(named.reverse().map((one) => [one.id, one])).values()].reverse();
}
