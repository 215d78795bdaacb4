import type { Observation } from '../../domain/observation.ts';
import type { ServiceSwitch } from '../../domain/vault-event.ts';
import { type LookTime, type LookTools, lookBase, takeIn } from './look.ts';
import type { PollRead } from './poll-reading.ts';

/**
 * Takes in whether the services are on. Only what was seen on before was turned off: a server that never forced HTTPS
 * is a matter for the checks.
 */
export async function serviceStates(tools: LookTools, time: LookTime, read: PollRead): Promise<void> {
  const services = [
    { service: 'web-services', told: read.webServices },
    { service: 'force-https', told: read.forceHttps },
  ] as const;
  for (const { service, told } of services) {
    if ('known' in told) await takeService(tools, time, { service, on: told.known });
  }
}

async function takeService(tools: LookTools, time: LookTime, { service, on }: ServiceSwitch): Promise<void> {
  const { integration, beganAt } = time;
  const mark = `${service} on`;
  if (!on && (await tools.marks.read(integration, mark)) === null) return;
  const state: Observation = { kind: 'service-state', ...lookBase(time, 'poll'), beganAt, service, on };
  await takeIn(tools, [state]);
  if (on) await tools.marks.advance(integration, mark, beganAt);
}
