import { refusedLogins } from '../refused-logins.ts';
import { qualysGap } from './gaps.ts';
import type { QualysOptions } from './options.ts';

/** What is remembered of a refused login: the same password is sent by nobody again. */
export type LoginMemory = {
  /** Throws `denied` where this very password was refused before. */
  refuseKnown(): Promise<void>;
  remember(words: string): Promise<void>;
};

export function loginMemory({ url, username, password, refusals, now }: QualysOptions): LoginMemory {
  const account = [new URL(url).origin, username];
  const refused = refusedLogins({ system: 'qualys', account, password, refusals, now });
  return {
    async refuseKnown() {
      const before = await refused.recall();
      if (before === null) return;
      const detail = `Qualys refused the login of ${username}: ${before}. It is not tried again until the password changes`;
      throw qualysGap('denied', detail);
    },
    remember: (words) => refused.remember(words),
  };
}
