import type { Check } from '../../domain/check.ts';
import { checkObservation } from '../../domain/check-observation.ts';
import type { Report } from '../../domain/report.ts';
import type { Clock } from '../clock.ts';
import type { IncidentTools } from './change.ts';
import { observe } from './observe.ts';

type Tools = { incidents: IncidentTools; checks: readonly Check[]; clock: Clock };

/**
 * A check that a person asked for sees the same as one of the watch: it feeds and closes what is open, so that whoever
 * mended something and clicks Run check sees the card turn green. It opens nothing: the person reads the report, and the
 * watch tells the channel. That it could judge nothing says nothing of the watch.
 */
export async function takeAskedCheck({ incidents, checks, clock }: Tools, report: Report): Promise<void> {
  const blocking = new Set(checks.filter((check) => check.blocking).map(({ id }) => id));
  const seen = checkObservation(report, { blocking, history: [], seenAt: clock.now() });
  if (seen.kind === 'secret-checked') await observe(incidents, seen);
}
