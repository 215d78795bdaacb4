import { type Command, Option } from 'commander';
import type { AuditAnswer, AuditSubject } from '../domain/audit.ts';
import { dayMs } from '../domain/instant.ts';
import { type Cli, configSource, examples, jsonText } from './cli.ts';
import { parseDuration } from './durations.ts';
import { UsageError } from './failures.ts';
import { printAudit } from './print/audit.ts';
import { plainText } from './print/text.ts';
import { runAudit } from './run-audit.ts';

type Options = { secret?: true; account?: true; since: number; json?: true; integration?: string };

export function addAudit(program: Command, cli: Cli): void {
  program
    .command('audit')
    .description('who logged in, from where; who viewed the secret; newest first')
    .argument('<name>', 'of a secret, or of an account')
    .option('--secret', 'the name is that of a secret')
    .option('--account', 'the name is that of an account')
    .addOption(
      new Option('--since <duration>', 'how far back').argParser(parseDuration).default(7 * dayMs, '7d'),
    )
    .option('--integration <name>', 'where to look; needed where there are several')
    .option('--json', 'as one JSON document: an array of rows')
    .addHelpText(
      'after',
      examples('vaultcheck audit scanadmin', 'vaultcheck audit svc-qualys --account --since 30d --json'),
    )
    .addHelpText(
      'after',
      'Ends with 2 where not everything could be read; what is missing is told on stderr.\n',
    )
    .action(async (name: string, options: Options, command: Command) => {
      const { since, integration } = options;
      const asked = { name, kind: kindOf(options), sinceMs: since, integration };
      const answer = await runAudit(cli, configSource(cli, command), asked);
      tell(answer, options, cli);
    });
}

function kindOf({ secret, account }: Options): AuditSubject['kind'] | undefined {
  if (secret && account) throw new UsageError('Use --secret or --account, not both.');
  if (secret) return 'secret';
  return account ? 'account' : undefined;
}

function tell(answer: AuditAnswer, { json }: Options, { terminal, settle }: Cli): void {
  terminal.out(json ? jsonText(answer.lines) : printAudit(answer, terminal.style));
  if (json) for (const gap of answer.gaps) terminal.err(`not seen: ${plainText(gap)}\n`);
  settle(answer.gaps.length > 0 ? 2 : 0);
}
