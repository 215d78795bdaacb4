import { composeIntegrations } from '../compose.ts';
import type { IntegrationConfig } from '../config/integration.ts';
import type { ServiceConfig } from '../config/load.ts';
import type { Sealed } from '../config/sealed.ts';
import { openLog } from '../ops/log.ts';
import { stopInTime, toldToStop } from '../roles/lifetime.ts';
import { openService } from '../roles/service.ts';
import { UnreachableError } from '../roles/unreachable.ts';

/** Runs the roles of this process until it is told to stop. Rejects when it cannot start, or has to be started anew. */
export async function startService(config: ServiceConfig): Promise<void> {
  const { logLevel: level } = config.environment;
  const log = openLog({ level, secrets: secretsOf(config), readable: process.stderr.isTTY === true });
  let die: (reason: string) => void = () => {};
  const dead = new Promise<string>((resolve) => {
    die = resolve;
  });
  // From the first moment: a signal during the start must not leave a private Redis behind.
  const stopping = toldToStop(dead);
  const { environment } = config;
  const service = await openService({
    config,
    log,
    openIntegrations: (shared) =>
      composeIntegrations(config.integrations, { ...shared, environment, now: Date.now }),
    onDead: (reason) => die(reason),
  });
  const told = await stopping;
  log.info({ by: told.by }, 'stopping');
  await stopInTime(service, log);
  if (told.dead) throw new UnreachableError(`${told.by}. The process ends so that it can be started anew.`);
  // What a library may have left open is no reason to stay.
  setImmediate(() => process.exit());
}

/** Every secret that this process holds, for the log to search its lines for. */
export function secretsOf({ service, integrations, environment }: ServiceConfig): string[] {
  const { botToken, intake } = service.slack;
  const slack = intake?.way === 'socket' ? intake.appToken : intake?.signingSecret;
  const all: (Sealed | null | undefined)[] = [
    botToken,
    slack,
    environment.redis?.password,
    ...integrations.flatMap(secretsIn),
  ];
  return all.flatMap((one) => (one ? [one.reveal()] : []));
}

function secretsIn({ secretServer, qualys, directory }: IntegrationConfig): (Sealed | undefined)[] {
  return [secretServer.password, qualys?.password, directory?.bindPassword];
}
