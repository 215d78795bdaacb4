import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from '../kit/process.ts';
import { allAtOnce } from './all-at-once.ts';
import { clicks } from './clicks.ts';
import { duplicates } from './duplicates.ts';
import { kills } from './kills.ts';
import { redisAway } from './redis-away.ts';
import type { ChaosOptions, Finding, Scenario } from './scenario.ts';
import { slackAway } from './slack-away.ts';
import { three } from './three.ts';

const scenarios: readonly Scenario[] = [kills, redisAway, slackAway, allAtOnce, three, clicks, duplicates];

const usage = `npm run chaos [-- NAME…] [--lockouts N] [--kills N] [--seconds N] [--seed N] [--history] [--logs FOLDER] [--json]

${scenarios.map(({ name, title }) => `  ${name.padEnd(12)} ${title}`).join('\n')}

  --lockouts, --kills  of the scenarios kills and all-at-once (200, 20)
  --seconds            how long Redis or Slack is away (20, 60)
  --logs               keeps all that the processes write, to look into a run afterwards
  --history            the bot may read the channel's history
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lockouts: { type: 'string', default: '200' },
    kills: { type: 'string', default: '20' },
    seconds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    logs: { type: 'string' },
    history: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const numbers = [values.lockouts, values.kills, values.seconds, values.seed];
const wrong =
  positionals.some((name) => !scenarios.some((one) => one.name === name)) ||
  numbers.some((text) => text !== undefined && !/^\d{1,6}$/.test(text));
if (values.help || wrong) {
  process.stderr.write(usage);
  process.exit(wrong ? 64 : 0);
}

const options: ChaosOptions = {
  lockouts: Number(values.lockouts),
  kills: Number(values.kills),
  seconds: values.seconds === undefined ? null : Number(values.seconds),
  seed: Number(values.seed),
  history: values.history,
  logs: values.logs ?? null,
  tell: (line) => process.stderr.write(`  ${new Date().toISOString().slice(11, 19)} ${line}\n`),
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

if (options.logs !== null) mkdirSync(options.logs, { recursive: true });

// What is started again and again is what is shipped, and does not change while it runs.
build();

const results: { name: string; findings: Finding[] }[] = [];
for (const { name, title, run } of scenarios) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  process.stderr.write(`${name}: ${title}\n`);
  const findings = await run(options);
  results.push({ name, findings });
  if (!values.json) process.stdout.write(tableOf(name, findings));
}
if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
process.exit(results.every(({ findings }) => findings.every(({ met }) => met)) ? 0 : 1);

function tableOf(name: string, findings: readonly Finding[]): string {
  const rows = findings.map(
    ({ what, aim, seen, met }) =>
      `  ${what.padEnd(58)} ${aim.padStart(6)} ${seen.padStart(6)}  ${met ? 'meets' : 'MISSES'}`,
  );
  return [`${name.padEnd(60)} ${'aim'.padStart(6)} ${'seen'.padStart(6)}`, ...rows, '', ''].join('\n');
}
