import type { Clock } from '../app/clock.ts';
import type { LookRequest, Looks } from '../ports/looks.ts';
import type { Job, Producer } from '../queue/jobs.ts';

/** Wishes that are due within the same span are one look, at its end: nobody is looked for sooner than was asked. */
const spanMs = 5_000;

/** Looks ahead of their time, as delayed jobs. */
export function openLooks(producer: Producer, clock: Clock): Looks {
  return {
    async soon(request) {
      const now = clock.now();
      const dueAt = Math.ceil((now + request.inMs) / spanMs) * spanMs;
      const { integration, look, secret } = request;
      const about = look === 'poll' ? '' : encodeURIComponent(secret ?? '');
      const id = `look-${look}-${integration}-${about}-${dueAt}`;
      await producer.add(jobOf(request), { id, delayMs: dueAt - now });
    },
  };
}

function jobOf({ look, integration, secret }: LookRequest): Job {
  return look === 'poll'
    ? { kind: 'poll', version: 1, integration }
    : { kind: 'watch', version: 1, integration, secret };
}
