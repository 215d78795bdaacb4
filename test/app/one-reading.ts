import { openGatherer } from '../../src/app/gather.ts';
import { readings } from '../../src/app/readings/index.ts';
import type { EvidenceKey } from '../../src/domain/evidence/index.ts';
import { clock, integrationOf, now, type World } from './world.ts';

/** What one reading gives in a world: its value, or its entry with the gap. */
export async function read(key: EvidenceKey, world: World = {}): Promise<unknown> {
  const scope = { signal: new AbortController().signal, sent: () => {} };
  const gatherer = openGatherer(integrationOf(world), { startedAt: now, clock, scope }, readings);
  const entry = (await gatherer.gather('scanadmin', [key]))[key];
  return entry && 'value' in entry ? entry.value : entry;
}
