import type { Command } from 'commander';
import { doctor, type Examined } from '../app/doctor.ts';
import { channelsOf } from '../config/channels.ts';
import { type Config, loadConfig } from '../config/load.ts';
import { unheardIntegrations } from '../config/unheard.ts';
import { type Cli, configSource, examples, jsonText } from './cli.ts';
import { exitCodes } from './exit-codes.ts';
import { printFindings } from './print/findings.ts';
import type { World } from './world.ts';

const deadlineMs = 60_000;

export function addDoctor(program: Command, cli: Cli, openHealth: NonNullable<World['openHealth']>): void {
  program
    .command('doctor')
    .description('check Vaultcheck itself: configuration, Redis, Slack, its accounts, probes')
    .option('--json', 'as one JSON document: an array of findings')
    .addHelpText('after', examples('vaultcheck doctor', 'vaultcheck doctor --json'))
    .action(async ({ json }: { json?: true }, command: Command) => {
      const config = loadConfig(configSource(cli, command));
      const examined = await examine(cli, config, openHealth);
      const { findings } = examined;
      cli.terminal.out(json ? jsonText(findings) : printFindings(findings, cli.terminal.style));
      cli.settle(doctorCode(examined));
    });
}

async function examine(
  cli: Cli,
  config: Config,
  openHealth: NonNullable<World['openHealth']>,
): Promise<Examined> {
  const opened = await cli.world.openIntegrations(config.integrations, config.environment);
  try {
    const health = await openHealth(config.environment, cli.terminal);
    const { integrations } = opened;
    const clock = { now: Date.now };
    try {
      return await doctor({
        ...health,
        file: config.file,
        integrations,
        channels: channelsOf(config),
        unheard: unheardIntegrations(config),
        clock,
        deadlineMs,
      });
    } finally {
      health.close();
    }
  } finally {
    await opened.close();
  }
}

/** Where Redis or Slack is away that is the end, report or not; else the worst finding decides, as for a check. */
function doctorCode({ findings, away }: Examined): number {
  if (away.length > 0) return exitCodes.unreachable;
  const verdicts = new Set(findings.map(({ verdict }) => verdict));
  if (verdicts.has('fail')) return 1;
  return verdicts.has('unknown') ? 2 : exitCodes.ok;
}
