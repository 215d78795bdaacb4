import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { type Judged, judged } from './kit/judged.ts';
import type { Measure } from './kit/measure.ts';
import { lineOf } from './kit/print.ts';
import { measures } from './measures.ts';

/** What one measure gave, as `--json` prints it. */
type Result = { name: string; title: string; peer: string } & ({ skipped: string } | { figures: Judged[] });

const usage = `npm run bench [-- NAME…] [--rounds N] [--accounts N] [--json]

${measures.map(({ name, title }) => `  ${name.padEnd(16)} ${title}`).join('\n')}

  --accounts  how many lock in event-to-message and storm (200)
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    accounts: { type: 'string' },
    help: { type: 'boolean', default: false },
    /** Set by this program for its children. */
    alone: { type: 'boolean', default: false },
  },
});

const unknown = positionals.find((name) => !measures.some((one) => one.name === name));
if (values.help || unknown !== undefined) {
  process.stderr.write(unknown === undefined ? usage : `There is no measure "${unknown}".\n\n${usage}`);
  process.exit(unknown === undefined ? 0 : 64);
}
const chosen = measures.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

if (values.alone) process.send?.(await take(chosen[0] as Measure));
else await takeAll();
process.exit();

async function takeAll(): Promise<void> {
  const results: Result[] = [];
  for (const { name } of chosen) {
    const result = await inOwnProcess(name);
    results.push(result);
    if (!values.json) process.stdout.write(textOf(result));
  }
  if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
}

async function take({ name, title, peer, rounds, take }: Measure): Promise<Result> {
  const outcome = await take(
    values.rounds ? Number(values.rounds) : rounds,
    values.accounts ? { accounts: Number(values.accounts) } : {},
  );
  const about = { name, title, peer };
  return 'skipped' in outcome ? { ...about, ...outcome } : { ...about, figures: outcome.figures.map(judged) };
}

/** No measure shares compiled code, memory or open connections with another. */
function inOwnProcess(name: string): Promise<Result> {
  const more = (['rounds', 'accounts'] as const).flatMap((one) =>
    values[one] ? [`--${one}`, values[one]] : [],
  );
  const child = fork(import.meta.filename, [name, '--alone', ...more], { stdio: ['ignore', 2, 2, 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as Result));
    child.once('exit', (code) => reject(new Error(`The measure ${name} ended with ${code} and no result.`)));
  });
}

function textOf(result: Result): string {
  const head = `${result.name}: ${result.title}\n  beside: ${result.peer}\n`;
  const body = 'skipped' in result ? [`  skipped: ${result.skipped}`] : result.figures.map(lineOf);
  return `${head}${body.join('\n')}\n\n`;
}
