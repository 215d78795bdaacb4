import { breaksOf } from '../../domain/breaks.ts';
import { probableCause } from '../../domain/cause.ts';
import { causeFacts } from '../../domain/cause-facts.ts';
import type { EvidenceKey } from '../../domain/evidence/index.ts';
import { deadlineSignal } from '../deadline.ts';
import { openGatherer } from '../gather.ts';
import type { Integration } from '../integration.ts';
import { readings } from '../readings/index.ts';
import { toldOf } from '../told.ts';
import { watchedSecrets } from '../watched-secrets.ts';
import { type ChangeOutcome, changeIncident, type IncidentTools } from './change.ts';

const keys: readonly EvidenceKey[] = [
  'scanUsers',
  'scanUserAudits',
  'scanUserRestrictions',
  'vaultRecords',
  'authenticationRecords',
  'scans',
  'scanDirectoryAccounts',
];

/**
 * Finds the probable cause and what it breaks, by the same readings as the checks, and puts both into the incident. What
 * cannot be read makes the cause less sure and is said; it never keeps the rest from being told.
 */
export async function enrich(
  tools: IncidentTools,
  integration: Integration,
  { incidentId, deadlineMs }: { incidentId: string; deadlineMs: number },
): Promise<ChangeOutcome> {
  const incident = await tools.incidents.load(incidentId);
  if (incident === null) return { outcome: 'ignored', why: 'no-incident', before: null };
  const { clock } = tools;
  const { settings } = integration;
  const deadline = deadlineSignal(deadlineMs, undefined);
  const scope = { signal: deadline.signal, sent: () => {} };
  try {
    const gatherer = openGatherer(integration, { startedAt: clock.now(), clock, scope }, readings);
    // None of these keys is about one secret.
    const [book, watched] = await Promise.all([
      gatherer.gather('', keys),
      toldOf(watchedSecrets(integration, { deadlineMs, clock, signal: deadline.signal })),
    ]);
    const cause = probableCause(causeFacts(book, incident, settings));
    const names = 'known' in watched ? { known: watched.known.names } : watched;
    const breaks = breaksOf(book, incident, { settings, watched: names });
    return await changeIncident(tools, incident.key, { type: 'enriched', incidentId, cause, breaks });
  } finally {
    deadline.end();
  }
}
