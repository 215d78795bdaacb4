import type { IncidentRecord } from '../../domain/incident.ts';
import { type Family, keysOf } from '../../domain/incident-key.ts';
import { type HappeningSeen, isHappening, type Observation } from '../../domain/observation.ts';
import { remember } from '../../domain/seen-again.ts';
import { type ChangeOutcome, changeIncident, type IncidentTools, type Noted } from './change.ts';

/**
 * Takes an observation in: for each thing that it may bear on, the incident changes and what follows is put on its way.
 * May be called any number of times with the same observation: it is known again.
 */
export async function observe(tools: IncidentTools, observation: Observation): Promise<ChangeOutcome[]> {
  const outcomes: ChangeOutcome[] = [];
  for (const { family, key } of keysOf(observation)) {
    const event = { type: 'observed', family, observation } as const;
    outcomes.push(await changeIncident(tools, key, event, (record) => noted(observation, family, record)));
  }
  return outcomes;
}

/** Remembers what was told already and is over, so that it is known when it is read again, and changes no incident. */
export async function keepInMind(tools: IncidentTools, seen: HappeningSeen): Promise<void> {
  for (const { family, key } of keysOf(seen)) {
    const event = { type: 'observed', family, observation: seen } as const;
    await changeIncident(tools, key, event, (record) => ({
      recent: noted(seen, family, record).recent,
      ignored: 'over-already',
    }));
  }
}

/** A happening is remembered; a look that worked makes an end of counting those that did not. */
function noted(observation: Observation, family: Family, { recent }: IncidentRecord): Noted {
  if (!isHappening(observation)) {
    return { recent: observation.kind === 'look-worked' && recent.length > 0 ? [] : recent };
  }
  // A scan logs in hundreds of times; only logins from elsewhere are counted, and only where they are the matter.
  if (observation.kind === 'login' && family !== 'unexpected-login') return { recent };
  if (observation.kind === 'login' && observation.origin !== 'elsewhere') return { recent };
  const { recent: now, known } = remember(observation, recent);
  return known ? { recent: now, ignored: 'known' } : { recent: now };
}
