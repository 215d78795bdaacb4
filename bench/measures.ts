import { acknowledge } from './acknowledge.ts';
import { all200 } from './all-200.ts';
import { cef } from './cef.ts';
import { eventToMessage } from './event-to-message.ts';
import { flood } from './flood.ts';
import { footprint } from './footprint.ts';
import { growth } from './growth.ts';
import { verifyJobs } from './jobs.ts';
import type { Measure } from './kit/measure.ts';
import { memory } from './memory.ts';
import { oneCheck } from './one-check.ts';
import { storm } from './storm.ts';
import { syslogTcp } from './syslog-tcp.ts';
import { workers } from './workers.ts';

/** Every measure, in the order of `docs/measures.md`. One more is one file and one line here. */
export const measures: readonly Measure[] = [
  acknowledge,
  oneCheck,
  all200,
  verifyJobs,
  workers,
  cef,
  syslogTcp,
  eventToMessage,
  storm,
  flood,
  footprint,
  memory,
  growth,
];
