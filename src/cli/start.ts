import { type Command, Option } from 'commander';
import { loadServiceConfig } from '../config/load.ts';
import { type Role, roles } from '../config/service-environment.ts';
import { type Cli, configSource, examples } from './cli.ts';
import { exitCodes } from './exit-codes.ts';
import type { World } from './world.ts';

export function addStart(program: Command, cli: Cli, startService: NonNullable<World['startService']>): void {
  program
    .command('start')
    .description('run the service; several processes share the work over one Redis')
    .addOption(
      new Option('--role <role>', 'which part of the work; default: VAULTCHECK_ROLE, or all').choices([
        ...roles,
      ]),
    )
    .addHelpText('after', examples('vaultcheck start', 'vaultcheck start --role worker --config corp.yaml'))
    .action(async ({ role }: { role?: Role }, command: Command) => {
      await startService(loadServiceConfig({ ...configSource(cli, command), role }));
      cli.settle(exitCodes.ok);
    });
}
