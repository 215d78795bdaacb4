import type { Command } from 'commander';
import { doctor } from '../app/doctor.ts';
import { type Config, loadConfig } from '../config/load.ts';
import { unheardIntegrations } from '../config/unheard.ts';
import type { Finding } from '../domain/doctor/finding.ts';
import type { NamedChannel } from '../ports/health.ts';
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
      const findings = await examine(cli, config, openHealth);
      cli.terminal.out(json ? jsonText(findings) : printFindings(findings, cli.terminal.style));
      cli.settle(doctorCode(findings));
    });
}

async function examine(
  cli: Cli,
  config: Config,
  openHealth: NonNullable<World['openHealth']>,
): Promise<Finding[]> {
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

/** Every channel of the configuration, once, with the place that names it. */
function channelsOf({ slack, integrations }: Config): NamedChannel[] {
  const all = [
    { id: slack?.alerts, where: 'slack.alerts' },
    { id: slack?.reports, where: 'slack.reports' },
    ...integrations.map((one, index) => ({ id: one.alerts, where: `integrations[${index}].alerts` })),
  ];
  const named = all.flatMap(({ id, where }) => (id ? [{ id, where }] : []));
  return [...new Map(named.reverse().map((one) => [one.id, one])).values()].reverse();
}

/** As for a check: the worst finding decides. Something that is away is a finding here, and not an end. */
function doctorCode(findings: readonly Finding[]): number {
  const verdicts = new Set(findings.map(({ verdict }) => verdict));
  if (verdicts.has('fail')) return 1;
  return verdicts.has('unknown') ? 2 : exitCodes.ok;
}
