import { type Command, InvalidArgumentError } from 'commander';
import { type Cli, examples } from './cli.ts';
import { exitCodes } from './exit-codes.ts';
import type { World } from './world.ts';

type Options = { port: number; host: string; scenario?: string };

export function addDemo(program: Command, cli: Cli, runDemo: NonNullable<World['runDemo']>): void {
  program
    .command('demo')
    .description('the whole system on this machine, in the browser: no accounts, no configuration')
    .option('--port <port>', 'where the page is served; the next free port is taken', parsePort, 3080)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option(
      '--scenario <name>',
      'begin with this failure, such as doublelock; docs/stories.md names them all',
    )
    .addHelpText(
      'after',
      examples('vaultcheck demo', 'vaultcheck demo --port 8080', 'vaultcheck demo --scenario doublelock'),
    )
    .action(async ({ port, host, scenario }: Options) => {
      const { out, err } = cli.terminal;
      await runDemo({ port, host, scenario: scenario ?? null, out, err });
      cli.settle(exitCodes.ok);
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('Write a port number, such as 3080.');
  return port;
}
