import { expect, it } from 'vitest';
import { type Taken, takenOfLine } from '../../src/app/event-intake.ts';

const kept: Taken = { observations: [], entries: [] };
const line = JSON.stringify(kept);

it('reads back what was kept on disk', () => {
  expect(takenOfLine(line)).toEqual(kept);
});

it.each([
  ['half a line, after a kill', line.slice(0, -3)],
  ['half a line and the next one behind it', line.slice(0, 5) + line],
  ['the form of another version', '{"observations":[],"entries":[],"more":1}'],
])('takes %s for nothing, so that it stops none behind it', (_, text) => {
  expect(takenOfLine(text)).toBeNull();
});
