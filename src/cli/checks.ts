import type { Command } from 'commander';
import { checks } from '../checks/index.ts';
import { type Cli, examples, jsonText } from './cli.ts';
import { exitCodes } from './exit-codes.ts';
import { type CatalogueRow, printCatalogue } from './print/catalogue.ts';

export function addChecks(program: Command, { terminal, settle }: Cli): void {
  program
    .command('checks')
    .description('list every check: id, section, title, why it matters, what to do')
    .option('--json', 'as one JSON document')
    .addHelpText('after', examples('vaultcheck checks', 'vaultcheck checks --json'))
    .action(({ json }: { json?: true }) => {
      const rows: CatalogueRow[] = checks.map(({ id, section, title, why, remedy }) => ({
        id,
        section,
        title,
        why,
        remedy,
      }));
      terminal.out(json ? jsonText(rows) : printCatalogue(rows, terminal.style));
      settle(exitCodes.ok);
    });
}
