import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fuzz } from '../test/listeners/syslog/fuzz.ts';

/**
 * `npx tsx scripts/fuzz-syslog.ts [lines] [seed]`: a million mutated syslog lines with valid ones between.
 * Fails when one is not counted, a valid neighbour is not understood, or memory grows: what is left after collecting
 * garbage, in the second half beside the first.
 */
const [lines = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);
const rounds = 10;
const each = Math.ceil(lines / rounds);
const heapMb: number[] = [];
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

for (let round = 0; round < rounds; round += 1) {
  const result = fuzz(each, seed + round);
  collect();
  heapMb.push(Number((process.memoryUsage().heapUsed / 1e6).toFixed(1)));
  const whole =
    result.lines === 2 * each && result.counted === 2 * each && result.neighboursUnderstood === each;
  if (!whole)
    throw new Error(`seed ${seed + round}: ${JSON.stringify(result)} of ${each} lines and neighbours`);
}

const growthMb = Math.max(...heapMb.slice(rounds / 2)) - Math.max(...heapMb.slice(0, rounds / 2));
if (growthMb > 5) throw new Error(`memory grew by ${growthMb} MB: ${heapMb.join(', ')} MB`);
console.log(
  `${each * rounds} mutated lines, all counted, every valid neighbour understood; heap ${heapMb.join(', ')} MB`,
);
