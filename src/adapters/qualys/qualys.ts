import type { OpenScanner } from '../../ports/scanner.ts';
import { askAs, type Parts } from './ask.ts';
import { keptAnswers } from './kept-answers.ts';
import { lanes } from './lanes.ts';
import { loginMemory } from './login-memory.ts';
import { machines } from './machines.ts';
import { defaultKeepMs, type QualysOptions } from './options.ts';
import { records } from './records.ts';
import { openWire } from './wire.ts';

export type { QualysOptions } from './options.ts';

/** `close` ends kept connections. */
export type Qualys = OpenScanner & { close(): void };

/**
 * One Qualys subscription, read over its XML APIs with basic authentication (the vendor has no read-only token for
 * them). Kept from run to run: answers for minutes, connections, told waits, refused logins. It throws GapError only,
 * and none of them carries a password.
 */
export function qualys(options: QualysOptions): Qualys {
  const { keepMs = defaultKeepMs, now } = options;
  const parts: Parts = {
    options,
    wire: openWire(options),
    kept: keptAnswers({ keepMs, now }),
    logins: loginMemory(options),
    lanes: lanes(options),
    blocked: new Map(),
    skipped: new Map(),
  };
  const open: OpenScanner = (run) => {
    const ask = askAs(parts, run);
    return { ...records(ask), ...machines(ask) };
  };
  return Object.assign(open, { close: () => parts.wire.close() });
}
