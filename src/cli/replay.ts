import type { Command } from 'commander';
import { replay } from '../app/saved-evidence.ts';
import { checks } from '../checks/index.ts';
import { type Cli, examples, jsonText } from './cli.ts';
import { readEvidence } from './evidence-file.ts';
import { verdictCode } from './exit-codes.ts';
import { printReports } from './print/reports.ts';

export function addReplay(program: Command, { terminal, settle }: Cli): void {
  program
    .command('replay')
    .description('judge saved evidence again, offline')
    .argument('<file>', 'what `check --save-evidence` wrote')
    .option('--json', 'as one JSON document: an array of reports')
    .addHelpText(
      'after',
      examples('vaultcheck replay scanadmin.json', 'vaultcheck replay scanadmin.json --json'),
    )
    .action((file: string, { json }: { json?: true }) => {
      const reports = readEvidence(file, terminal.cwd).map((saved) => replay(saved, checks));
      terminal.out(json ? jsonText(reports) : printReports(reports, terminal.style));
      settle(verdictCode(reports));
    });
}
