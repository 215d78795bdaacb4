import { plural } from '../domain/instant.ts';
import { plainText } from './print/text.ts';
import type { Terminal } from './terminal.ts';

/** One line on stderr that says how far a run is, and that is gone when the run is over. */
export type Progress = {
  /** So many more secrets are to be checked. */
  expect(count: number): void;
  waiting(what: readonly string[]): void;
  finished(): void;
  clear(): void;
};

const rewrite = '\r\u001b[2K';

/** Silent unless somebody watches stderr: logs and pipes get no rewritten lines. */
export function progressOn({ isWatched, err }: Terminal): Progress {
  let [done, total] = [0, 0];
  let waitingFor: readonly string[] = [];
  const show = () => {
    const waits = waitingFor.length > 0 ? ` · waiting for ${waitingFor.map(plainText).join(', ')}` : '';
    err(`${rewrite}${done} of ${plural(total, 'secret')} checked${waits}`);
  };
  if (!isWatched) return { expect: () => {}, waiting: () => {}, finished: () => {}, clear: () => {} };
  return {
    expect(count) {
      total += count;
      show();
    },
    waiting(what) {
      waitingFor = what;
      show();
    },
    finished() {
      done += 1;
      show();
    },
    clear: () => err(rewrite),
  };
}
