import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { GapError } from '../../src/domain/gap.ts';
import type { OpenScanner, Scanner } from '../../src/ports/scanner.ts';

export type Trouble =
  | 'hanging'
  | 'refusing'
  | 'unauthorised'
  | 'denied'
  | 'throttled'
  | 'busy'
  | 'failing'
  | 'page'
  | 'half-body'
  | 'wrong-types'
  | 'other-document';

/** A healthy scanner, made for one test and gone after it. */
export type ScannerPlace = {
  open: OpenScanner;
  /** From now on, every request meets this. */
  trouble(kind: Trouble): void;
  /** Forgets all records, appliances, scans and hosts. */
  empty(): void;
  /** A part of every password that the scanner holds or is given. */
  canary: string;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Each question of the port, with subjects that the healthy scanner knows. */
export const questions: readonly (readonly [keyof Scanner, (scanner: Scanner) => Promise<unknown>])[] = [
  ['vaultRecords', (scanner) => scanner.vaultRecords()],
  ['vaultLogin', (scanner) => scanner.vaultLogin(2034)],
  ['authenticationRecords', (scanner) => scanner.authenticationRecords('windows')],
  ['appliances', (scanner) => scanner.appliances()],
  ['scans', (scanner) => scanner.scans(0)],
  ['hosts', (scanner) => scanner.hosts(['10.1.0.1-10.1.0.38'])],
  ['failedAuthentications', (scanner) => scanner.failedAuthentications(['10.1.0.1-10.1.0.38'], [105015])],
];

/** What every scanner must do, whoever the vendor is. */
export function scannerContract(name: string, place: () => Promise<ScannerPlace>): void {
  const unending = () => ({ signal: new AbortController().signal, sent: () => undefined });

  describe(`the scanner contract: ${name}`, () => {
    it.each(questions)('answers %s, says when, and counts what it sent', async (_, ask) => {
      await using given = await place();
      const before = Date.now();
      let sent = 0;
      const count = () => {
        sent += 1;
      };
      const answer = await ask(given.open({ signal: new AbortController().signal, sent: count }));
      expect(answer).toMatchObject({ readAt: expect.any(Number), found: expect.anything() });
      expect((answer as { readAt: number }).readAt).toBeGreaterThanOrEqual(before);
      expect(sent).toBeGreaterThan(0);
    });

    it.each(questions)('lets no password through in what %s answers', async (_, ask) => {
      await using given = await place();
      const answer = await ask(given.open(unending()));
      expect(JSON.stringify(answer)).not.toContain(given.canary);
    });

    it.each(questions.filter(([name]) => name !== 'vaultLogin'))(
      'answers %s with nothing where there is nothing',
      async (_, ask) => {
        await using given = await place();
        given.empty();
        expect(await ask(given.open(unending()))).toMatchObject({ found: [] });
      },
    );

    it('tells a record that is not there as absent', async () => {
      await using given = await place();
      given.empty();
      const asked = given.open(unending()).vaultLogin(2034);
      await expect(asked).rejects.toMatchObject({ gap: { source: 'qualys', cause: 'absent' } });
    });

    const table = questions.flatMap(([name, ask]) =>
      (
        [
          ['refusing', 'unreachable'],
          ['unauthorised', 'denied'],
          ['denied', 'denied'],
          ['throttled', 'throttled'],
          ['busy', 'throttled'],
          ['failing', 'failing'],
          ['page', 'malformed'],
          ['half-body', 'malformed|unreachable'],
          ['other-document', 'malformed'],
        ] as const
      ).map(([trouble, cause]) => [name, trouble, cause, ask] as const),
    );
    it.each(table)('%s: %s is %s, and the error carries no password', async (_, trouble, cause, ask) => {
      await using given = await place();
      given.trouble(trouble);
      const error: unknown = await ask(given.open(unending())).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(GapError);
      expect(error).toMatchObject({
        gap: { source: 'qualys', cause: expect.stringMatching(new RegExp(`^(${cause})$`)) },
      });
      const shown = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
      expect(shown).not.toContain(given.canary);
      expect(shown).not.toMatch(/authorization|Basic [A-Za-z0-9+/]/i);
    });

    it.each(questions)('%s: values of wrong types are malformed, never an answer', async (_, ask) => {
      await using given = await place();
      given.trouble('wrong-types');
      const answered = await ask(given.open(unending())).catch((error: unknown) => error);
      if (answered instanceof GapError) expect(answered.gap.cause).toMatch(/malformed|absent/);
      else expect(answered).toMatchObject({ found: [] });
    });

    it('gives up at the deadline of the run', async () => {
      await using given = await place();
      given.trouble('hanging');
      const deadline = new AbortController();
      let sent = 0;
      const scanner = given.open({
        signal: deadline.signal,
        sent: () => {
          sent += 1;
          deadline.abort();
        },
      });
      const asked = [scanner.vaultRecords(), scanner.appliances()].map((one) =>
        one.catch((error: unknown) => error),
      );
      for (const error of await Promise.all(asked)) {
        expect(error).toMatchObject({ name: 'GapError', gap: { cause: 'timed-out' } });
      }
      expect(sent).toBe(1);
    });
  });
}
