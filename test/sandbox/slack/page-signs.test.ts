import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const page = join(import.meta.dirname, '../../../src/sandbox/slack/page');
const writers = join(import.meta.dirname, '../../../src/slack');
const read = (file: string) => readFileSync(join(page, file), 'utf8');

/** Each sign that the bot writes, without the mark that asks for colour. */
const written = new Set(
  readdirSync(writers, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(join(writers, file), 'utf8').match(/\p{Extended_Pictographic}/gu) ?? []),
);

/** On a machine without an emoji font a sign without a drawing is an empty box. */
describe('the signs of the bot on the page', () => {
  const drawn = new Map(
    [...read('emoji.js').matchAll(/^ {2}'?([^'\w\s]+?)'?: '(\w+)',$/gmu)].map(([, sign, name]) => [
      sign,
      name,
    ]),
  );
  const styles = read('emoji.css');

  it.each([...written])('%s has a drawing', (sign) => {
    expect(drawn.get(sign)).toBeDefined();
    expect(styles).toContain(`.sign-${drawn.get(sign)} {`);
  });
});
