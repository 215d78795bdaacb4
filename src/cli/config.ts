import { relative } from 'node:path';
import type { Command } from 'commander';
import { type Config, loadConfig } from '../config/load.ts';
import { configJsonSchema } from '../config/schema.ts';
import { plural } from '../domain/instant.ts';
import { type Cli, configSource, examples, jsonText } from './cli.ts';
import { exitCodes } from './exit-codes.ts';

export function addConfig(program: Command, cli: Cli): void {
  const config = program
    .command('config')
    .description('validate the configuration file, or print its JSON Schema')
    .addHelpText(
      'after',
      examples('vaultcheck config check', 'vaultcheck config schema > vaultcheck.schema.json'),
    );
  addConfigCheck(config, cli);
  addConfigSchema(config, cli);
}

function addConfigCheck(config: Command, cli: Cli): void {
  config
    .command('check')
    .argument('[file]', 'the file, instead of --config')
    .description('validate the file with the variables and files it points at: all problems at once')
    .addHelpText('after', examples('vaultcheck config check', 'vaultcheck config check --config corp.yaml'))
    .action((file: string | undefined, _options: unknown, command: Command) => {
      const source = configSource(cli, command);
      const loaded = loadConfig({ ...source, file: file ?? source.file });
      cli.terminal.out(`${summary(loaded, cli.terminal.cwd)}\n`);
      cli.settle(exitCodes.ok);
    });
}

function addConfigSchema(config: Command, { terminal, settle }: Cli): void {
  config
    .command('schema')
    .description('print the JSON Schema of the file, for editors')
    .addHelpText('after', examples('vaultcheck config schema > vaultcheck.schema.json'))
    .action(() => {
      terminal.out(jsonText(configJsonSchema()));
      settle(exitCodes.ok);
    });
}

function summary({ file, integrations, slack }: Config, cwd: string): string {
  const names = integrations.map((one) => one.settings.integration).join(', ');
  const access = slack?.access ? '' : ' `start` also needs slack.access.';
  return `${relative(cwd, file) || file} is right: ${plural(integrations.length, 'integration')} (${names}).${access}`;
}
