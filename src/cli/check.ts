import { type Command, Option } from 'commander';
import type { Report } from '../domain/report.ts';
import { type Cli, configSource, examples, jsonText } from './cli.ts';
import { parseDuration } from './durations.ts';
import { evidenceFile } from './evidence-file.ts';
import { verdictCode } from './exit-codes.ts';
import { printReports } from './print/reports.ts';
import { type CheckOptions, runChecks } from './run-checks.ts';
import { demandNames } from './targets.ts';

type Options = Omit<CheckOptions, 'secrets'> & { json?: true; strict?: true; saveEvidence?: string };

export function addCheck(program: Command, cli: Cli): void {
  program
    .command('check')
    .description('run the checks here and now, without Slack; sites and events need REDIS_URL')
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
      demandNames(secrets, options.all);
      const file = evidenceFile(options.saveEvidence, cli.terminal.cwd);
      const { verified, problems } = await runChecks(cli, configSource(cli, command), {
        ...options,
        secrets,
      });
      const reports = verified.map((one) => one.report);
      for (const problem of problems) cli.terminal.err(`${problem}\n`);
      cli.terminal.out(options.json ? jsonText(reports) : printReports(reports, cli.terminal.style));
      file.save(verified.map((one) => one.evidence));
      cli.settle(endOf(reports, problems, options.strict));
    });
}

/** A part that could not be checked at all is unknown, however well the rest is. */
function endOf(reports: readonly Report[], problems: readonly string[], strict = false): number {
  const code = verdictCode(reports, strict);
  return problems.length > 0 && !reports.some(({ overall }) => overall === 'fail') ? 2 : code;
}
