import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config/problems.ts';
import { UnreachableError } from '../roles/unreachable.ts';
import { version } from '../version.ts';
import { addAudit } from './audit.ts';
import { bugText } from './bug.ts';
import { addCheck } from './check.ts';
import { addChecks } from './checks.ts';
import { type Cli, examples } from './cli.ts';
import { addConfig } from './config.ts';
import { addDemo } from './demo-command.ts';
import { addDoctor } from './doctor.ts';
import { exitCodes } from './exit-codes.ts';
import { UsageError } from './failures.ts';
import { addIncidents } from './incidents.ts';
import { printProblems } from './print/problems.ts';
import { addProbe } from './probe.ts';
import { addReplay } from './replay.ts';
import { addStart } from './start.ts';
import type { Terminal } from './terminal.ts';
import type { World } from './world.ts';

/** Runs one command. Never throws: every end has its code, and its words on stderr. */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal,
  world: World,
): Promise<number> {
  let code: number = exitCodes.ok;
  const settle = (settled: number) => {
    code = settled;
  };
  try {
    await program({ terminal, world, settle }).parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    return explained(error, terminal);
  }
}

function program(cli: Cli): Command {
  const { out, err } = cli.terminal;
  const top = new Command('vaultcheck')
    .description(
      'Says why authenticated scans cannot get their credentials out of the vault, before the next scan.',
    )
    .version(version(), '--version', 'print the version')
    .option('--config <file>', 'the configuration file; default: VAULTCHECK_CONFIG, or vaultcheck.yaml here')
    .configureOutput({ writeOut: out, writeErr: err })
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help says what can be typed here)')
    .exitOverride()
    .addHelpText(
      'after',
      examples('vaultcheck check scanadmin', 'vaultcheck check --all --json', 'vaultcheck demo'),
    )
    .addHelpText(
      'after',
      'Exit codes: 0 all is well · 1 a check failed · 2 a check is unknown · 64 usage · 78 configuration ·\n75 something needed is unreachable · 70 a bug in Vaultcheck\n',
    );
  const { startService, openHealth, serveProbe, runDemo, openIncidents } = cli.world;
  if (startService) addStart(top, cli, startService);
  if (runDemo) addDemo(top, cli, runDemo);
  addCheck(top, cli);
  addAudit(top, cli);
  if (openIncidents) addIncidents(top, cli, openIncidents);
  addReplay(top, cli);
  addChecks(top, cli);
  if (openHealth) addDoctor(top, cli, openHealth);
  if (serveProbe) addProbe(top, cli, serveProbe);
  addConfig(top, cli);
  return top;
}

function explained(error: unknown, { err }: Terminal): number {
  // The parser has told its own already. Help and version that were asked for are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof UsageError) {
    err(`error: ${error.message}\n`);
    return exitCodes.usage;
  }
  if (error instanceof ConfigError) {
    err(printProblems(error));
    return exitCodes.configuration;
  }
  if (error instanceof UnreachableError) {
    err(`${error.message}\n`);
    return exitCodes.unreachable;
  }
  err(bugText(error));
  return exitCodes.bug;
}
