import { type Command, InvalidArgumentError, Option } from 'commander';
import { readEnvironment } from '../config/environment.ts';
import { ConfigError, type Problem } from '../config/problems.ts';
import { siteNamePattern, socketAddress } from '../config/values.ts';
import { type Cli, examples } from './cli.ts';
import { exitCodes } from './exit-codes.ts';
import type { ProbeOptions, World } from './world.ts';

type Options = { site: string; allow: ProbeOptions['allow'] };

export function addProbe(program: Command, cli: Cli, serveProbe: NonNullable<World['serveProbe']>): void {
  program
    .command('probe')
    .description('answer, from the network it stands in, whether Secret Server can be reached')
    .addOption(
      new Option('--site <name>', 'the network, as `site` of an appliance names it')
        .argParser(parseSite)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--allow <host:port...>', 'what it may look at, and nothing else')
        .argParser(parseTarget)
        .makeOptionMandatory(),
    )
    .addHelpText('after', examples('vaultcheck probe --site dmz --allow vault.corp.example:443'))
    .addHelpText('after', 'Needs REDIS_URL and no configuration file. docs/probes.md has its Redis user.\n')
    .action(async ({ site, allow }: Options) => {
      await serveProbe({ site, allow, ...surroundings(cli) });
      cli.settle(exitCodes.ok);
    });
}

function surroundings({ terminal }: Cli): Pick<ProbeOptions, 'redis' | 'logLevel'> {
  const problems: Problem[] = [];
  const { redis, logLevel } = readEnvironment(terminal, problems);
  const isSet = problems.some(({ where }) => where === 'REDIS_URL');
  if (redis === null && !isSet) {
    const text = 'is not set: a probe takes its questions from the Redis of Vaultcheck';
    problems.push({ where: 'REDIS_URL', line: null, text });
  }
  if (redis === null || problems.length > 0) throw new ConfigError('environment', problems);
  return { redis, logLevel };
}

function parseSite(text: string): string {
  if (siteNamePattern.test(text)) return text;
  throw new InvalidArgumentError('Write a name of letters, digits, - and _, at most 40.');
}

function parseTarget(text: string, before: ProbeOptions['allow'] = []): ProbeOptions['allow'] {
  const target = socketAddress(text);
  if (!target || target.port === 0)
    throw new InvalidArgumentError('Write host:port, such as vault.corp.example:443.');
  return [...before, target];
}
