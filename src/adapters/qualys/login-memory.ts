import { refusalKey } from '../http/refusal-key.ts';
import { qualysGap } from './gaps.ts';
import type { QualysOptions } from './options.ts';

/** What is remembered of a refused login: the same password is sent by nobody again. */
export type LoginMemory = {
  /** Throws `denied` where this very password was refused before. */
  refuseKnown(): Promise<void>;
  remember(words: string): Promise<void>;
};

export function loginMemory(options: QualysOptions): LoginMemory {
  const { refusals, url, username, password, now } = options;
  let kept: Promise<string> | undefined;
  const key = () => {
    kept ??= refusalKey('qualys', [new URL(url).origin, username], password());
    return kept;
  };
  return {
    async refuseKnown() {
      const before = await refusals.recall(await key());
      if (!before) return;
      const detail = `Qualys refused the login of ${username}: ${before.text}. It is not tried again until the password changes`;
      throw qualysGap('denied', detail);
    },
    async remember(words) {
      await refusals.remember(await key(), words, now());
    },
  };
}
