import { usageHint } from '../commands/table.ts';
import { composeIntegrations } from '../compose.ts';
import { openLog } from '../ops/log.ts';
import { closing } from '../roles/closing.ts';
import { toldToStop } from '../roles/lifetime.ts';
import { openService } from '../roles/service.ts';
import { sandboxConfig } from '../sandbox/demo/demo-config.ts';
import { worldPanel } from '../sandbox/demo/panel.ts';
import { type QualysSimulator, simulateQualys } from '../sandbox/qualys/simulator.ts';
import { sandboxRedis } from '../sandbox/redis/in-memory-redis.ts';
import { startStory, stories } from '../sandbox/scenarios/stories.ts';
import type { Story } from '../sandbox/scenarios/story.ts';
import { type SecretServerSimulator, simulateSecretServer } from '../sandbox/secret-server/simulator.ts';
import { type SlackWorkspace, slackWorkspace, type WorkspaceOptions } from '../sandbox/slack/workspace.ts';
import { UsageError } from './failures.ts';
import { secretsOf } from './run-service.ts';
import type { DemoOptions } from './world.ts';

/** How many ports are tried, from the one that was asked for. */
const portsTried = 20;

export type Demo = {
  url: string;
  workspace: SlackWorkspace;
  vault: SecretServerSimulator;
  scanner: QualysSimulator;
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

const banner = `Vaultcheck demo: a simulated Secret Server and Qualys, and a local Slack workspace; the bot between them is the real one.
Open the page, type /vault check scanadmin, then break something in the panel "the world" and run it again.
Nothing leaves this machine. Ctrl-C ends it.`;

/** Opens everything, usable when this resolves. */
export async function openDemo({ port, host, scenario, err }: DemoOptions): Promise<Demo> {
  const story = scenario === null ? undefined : storyNamed(scenario);
  const closers = closing((name, error) => err(`${name} could not be closed: ${String(error)}\n`));
  try {
    const redis = await sandboxRedis();
    closers.add('redis', redis.stop);
    const vault = await simulateSecretServer();
    closers.add('secret server', vault.close);
    const scanner = await simulateQualys({ scannerUrl: vault.url });
    closers.add('qualys', scanner.close);
    if (story) startStory({ vault: vault.world, scanner: scanner.world }, story, vault.url);
    const note =
      redis.engine === 'real'
        ? 'Redis: a private redis-server'
        : 'Redis: a small in-memory engine, for this demo only';
    const workspace = await onFreePort(port, {
      host,
      panel: worldPanel(vault, scanner, note),
      commands: [slashCommand],
    });
    closers.add('slack', () => workspace.close());
    const config = await sandboxConfig({ vault, scanner, slack: workspace });
    const log = openLog({ level: 'warn', secrets: secretsOf(config) });
    const service = await openService({
      config,
      log,
      redis: redis.target,
      openIntegrations: (shared) =>
        composeIntegrations(config.integrations, {
          ...shared,
          environment: config.environment,
          // Whoever breaks something in the panel wants to see it at once.
          keepMs: 0,
          now: Date.now,
        }),
      onDead: (reason) => err(`${reason}\n`),
    });
    closers.add('service', () => service.stop());
    return { url: workspace.url, workspace, vault, scanner, close: () => closers.close() };
  } catch (error) {
    await closers.close();
    throw error;
  }
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
