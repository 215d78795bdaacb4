import { type Command, Option } from 'commander';
import { type Cli, configSource, examples, jsonText } from './cli.ts';
import { parseDuration } from './durations.ts';
import { evidenceFile } from './evidence-file.ts';
import { verdictCode } from './exit-codes.ts';
import { UsageError } from './failures.ts';
import { printReports } from './print/reports.ts';
import { type CheckOptions, runChecks } from './run-checks.ts';

type Options = Omit<CheckOptions, 'secrets'> & { json?: true; strict?: true; saveEvidence?: string };

export function addCheck(program: Command, cli: Cli): void {
  program
    .command('check')
    .description('run the checks here and now, without Redis or Slack')
    .argument('[secret...]', 'names of secrets, exactly as in Secret Server')
    .option('--all', 'all secrets that the configuration covers')
    .option('--integration <name>', 'where the secrets are; needed where no list of one holds them')
    .option('--json', 'as one JSON document: an array of reports')
    .option('--strict', 'end with 1 where there are warnings')
    .option('--save-evidence <file>', 'keep what was seen, for `vaultcheck replay`')
    .addOption(
      new Option('--timeout <duration>', 'the deadline of the whole run')
        .argParser(parseDuration)
        .default(60_000, '60s'),
    )
    .addHelpText(
      'after',
      examples(
        'vaultcheck check scanadmin',
        'vaultcheck check --all --json > reports.json',
        'vaultcheck check scanadmin --integration corp --save-evidence scanadmin.json',
      ),
    )
    .action(async (secrets: string[], options: Options, command: Command) => {
      if (options.all && secrets.length > 0) throw new UsageError('Name secrets or use --all, not both.');
      const file = evidenceFile(options.saveEvidence, cli.terminal.cwd);
      const verified = await runChecks(cli, configSource(cli, command), { ...options, secrets });
      const reports = verified.map((one) => one.report);
      if (reports.length === 0) cli.terminal.err('No secret was found to check: the folder is empty.\n');
      cli.terminal.out(options.json ? jsonText(reports) : printReports(reports, cli.terminal.style));
      file.save(verified.map((one) => one.evidence));
      cli.settle(verdictCode(reports, options.strict));
    });
}
