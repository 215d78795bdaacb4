import type { RedisTarget } from '../adapters/redis/target.ts';
import { usageHint } from '../commands/table.ts';
import { composeIntegrations } from '../compose.ts';
import type { ServiceConfig } from '../config/load.ts';
import { openLog } from '../ops/log.ts';
import { type Closing, closing } from '../roles/closing.ts';
import { toldToStop } from '../roles/lifetime.ts';
import { openService, type Service } from '../roles/service.ts';
import { sandboxConfig } from '../sandbox/demo/demo-config.ts';
import { type Simulators, worldPanel, worldsOf } from '../sandbox/demo/panel.ts';
import { simulateDirectory } from '../sandbox/directory/simulator.ts';
import { simulateQualys } from '../sandbox/qualys/simulator.ts';
import { type SandboxRedis, sandboxRedis } from '../sandbox/redis/in-memory-redis.ts';
import { startStory, stories } from '../sandbox/scenarios/stories.ts';
import type { Story } from '../sandbox/scenarios/story.ts';
import { eventSender } from '../sandbox/secret-server/event-sender.ts';
import { simulateSecretServer } from '../sandbox/secret-server/simulator.ts';
import { corp } from '../sandbox/secret-server/world/healthy.ts';
import { heartbeat } from '../sandbox/secret-server/world/keepers.ts';
import type { World } from '../sandbox/secret-server/world/world.ts';
import { simulateSite } from '../sandbox/site/simulator.ts';
import { type SlackWorkspace, slackWorkspace, type WorkspaceOptions } from '../sandbox/slack/workspace.ts';
import { callbackIds } from '../slack/ids.ts';
import { UsageError } from './failures.ts';
import { secretsOf } from './run-service.ts';
import type { DemoOptions } from './world.ts';

/** How many ports are tried, from the one that was asked for. */
const portsTried = 20;

/** How long the first event may take. */
const firstEventMs = 3_000;

export type Demo = Simulators & {
  url: string;
  workspace: SlackWorkspace;
  redis: RedisTarget;
  close(): Promise<void>;
};

/** The whole system on this machine, until it is told to stop. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const demo = await openDemo(options);
  options.out(`${banner}\n\n  ${demo.url}\n`);
  await toldToStop(new Promise(() => {}));
  await demo.close();
  setImmediate(() => process.exit());
}

const slashCommand = {
  command: '/vault',
  description: 'Why can the scan not get its credentials?',
  usageHint: usageHint(),
};

/** What the manifest installs, and what an empty conversation offers to try. */
const installed = {
  commands: [slashCommand],
  shortcuts: [{ name: 'Check this secret', type: 'message', callbackId: callbackIds.checkSecret }],
  homeTab: false,
  suggestions: ['/vault check scanadmin', '/vault check all public', '/vault'],
} as const;

const banner = `Vaultcheck demo: a simulated Secret Server, Qualys and directory, and a local Slack workspace; the bot between them is the real one.
Open the page, type /vault check scanadmin, then break something in the panel "the world" and run it again.
Nothing leaves this machine. Ctrl-C ends it.`;

/** Opens everything, usable when this resolves. */
export async function openDemo({ port, host, scenario, err }: DemoOptions): Promise<Demo> {
  const story = scenario === null ? undefined : storyNamed(scenario);
  const closers = closing((name, error) => err(`${name} could not be closed: ${String(error)}\n`));
  try {
    const redis = await sandboxRedis();
    closers.add('redis', redis.stop);
    const simulators = await openSimulators(redis, closers);
    const { vault } = simulators;
    if (story) startStory(worldsOf(simulators), story, vault.url);
    const panel = worldPanel(simulators, notes[redis.engine]);
    const workspace = await onFreePort(port, { host, panel, ...installed });
    closers.add('slack', () => workspace.close());
    const config = await sandboxConfig({ ...simulators, slack: workspace });
    const service = await serve(config, redis, err);
    closers.add('service', () => service.stop());
    await sendEvents(vault.world, service, closers);
    return {
      url: workspace.url,
      workspace,
      redis: redis.target,
      ...simulators,
      close: () => closers.close(),
    };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

const notes: Record<SandboxRedis['engine'], string> = {
  real: 'Redis: a private redis-server',
  'in-memory': 'Redis: a small in-memory engine, for this demo only',
};

async function openSimulators({ target }: SandboxRedis, closers: Closing): Promise<Simulators> {
  const vault = await simulateSecretServer();
  closers.add('secret server', vault.close);
  const scanner = await simulateQualys({ scannerUrl: vault.url });
  closers.add('qualys', scanner.close);
  const directory = await simulateDirectory();
  closers.add('directory', directory.close);
  const { hostname: host, port } = new URL(vault.url);
  const site = await simulateSite(target, [{ host, port: Number(port) }]);
  closers.add('site', site.close);
  return { vault, scanner, directory, site };
}

/** The real service, on the sandbox's Redis. Answers of Qualys are not kept: whoever breaks something wants to see it at once. */
function serve(config: ServiceConfig, { target }: SandboxRedis, err: DemoOptions['err']): Promise<Service> {
  const { environment, integrations } = config;
  return openService({
    config,
    log: openLog({ level: 'warn', secrets: secretsOf(config) }),
    redis: target,
    openIntegrations: (shared) =>
      composeIntegrations(integrations, { ...shared, environment, keepMs: 0, now: Date.now }),
    onDead: (reason) => err(`${reason}\n`),
  });
}

/** From now on the world's events arrive. The first is a heartbeat, as one would long have come in an office. */
async function sendEvents(world: World, { listener }: Service, closers: Closing): Promise<void> {
  const at = listener?.bound.tcp;
  if (!listener || !at) return;
  closers.add('events', eventSender(world, { host: '127.0.0.1', port: at.port }).close);
  heartbeat(world, corp.secretId, 'Success');
  const giveUpAt = Date.now() + firstEventMs;
  const arrived = () => listener.counters.events > 0 && listener.counters.eventsOpen === 0;
  while (!arrived() && Date.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 10));
}

function storyNamed(name: string): Story {
  const story = stories.find((one) => one.name === name);
  if (story) return story;
  const names = stories.map((one) => one.name).join(', ');
  throw new UsageError(`There is no scenario "${name}". There are: ${names}.`);
}

async function onFreePort(first: number, options: WorkspaceOptions): Promise<SlackWorkspace> {
  for (let port = first; ; port += 1) {
    try {
      return await slackWorkspace({ ...options, port });
    } catch (error) {
      const busy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!busy || port === 0 || port >= first + portsTried) throw error;
    }
  }
}
