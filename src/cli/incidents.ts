import { type Command, Option } from 'commander';
import { loadConfig } from '../config/load.ts';
import { incidentStates } from '../domain/incident.ts';
import { type PublicIncident, publicIncident } from '../domain/public-incident.ts';
import { unreadIncidents } from '../domain/unread.ts';
import { UnreachableError } from '../roles/unreachable.ts';
import { type Cli, configSource, examples, jsonText } from './cli.ts';
import { exitCodes } from './exit-codes.ts';
import { printIncidents } from './print/incidents.ts';
import type { World } from './world.ts';

type State = (typeof incidentStates)[number];
type Options = { state: State | 'all' | undefined; json?: true };

/** More than anybody reads, and a bound for what is held in memory. */
const limit = 10_000;

export function addIncidents(
  program: Command,
  cli: Cli,
  openIncidents: NonNullable<World['openIncidents']>,
): void {
  program
    .command('incidents')
    .description('the incidents in Redis, the last changed first; without --state those that are not over')
    .addOption(new Option('--state <state>', 'which').choices([...incidentStates, 'all']))
    .option('--json', 'as one JSON document: an array of incidents')
    .addHelpText('after', examples('vaultcheck incidents', 'vaultcheck incidents --state all --json'))
    .action(async ({ state, json }: Options, command: Command) => {
      const { environment, keep } = loadConfig(configSource(cli, command));
      const opened = await openIncidents(environment, keep.incidents);
      try {
        const found = await opened.incidents.list({ states: statesOf(state), limit }).catch(() => {
          throw new UnreachableError(
            'Redis did not answer, so the incidents are not known. See whether it runs, and try again.',
          );
        });
        tell(found.map(publicIncident), json === true, cli);
        const { incidents: unread } = await opened.incidents.unread();
        if (unread > 0) cli.terminal.err(`${unreadIncidents(unread)}\n`);
      } finally {
        await opened.close();
      }
    });
}

function statesOf(state: Options['state']): readonly State[] {
  if (state === 'all') return incidentStates;
  return state === undefined ? ['open', 'acknowledged', 'snoozed'] : [state];
}

function tell(incidents: readonly PublicIncident[], json: boolean, { terminal, settle }: Cli): void {
  terminal.out(json ? jsonText(incidents) : printIncidents(incidents, terminal.style));
  settle(exitCodes.ok);
}
