import type { Check } from '../../domain/check.ts';
import { checkObservation } from '../../domain/check-observation.ts';
import { heartbeatOutcome } from '../../domain/heartbeat.ts';
import type { Observation } from '../../domain/observation.ts';
import type { Report } from '../../domain/report.ts';
import type { Told } from '../../domain/told.ts';
import type { KnownSecrets, Reports } from '../../ports/records.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { Integration } from '../integration.ts';
import type { SavedEvidence } from '../saved-evidence.ts';
import { toldOf } from '../told.ts';
import { type Verified, verify } from '../verify.ts';
import { watchedSecrets } from '../watched-secrets.ts';
import { type LookTools, lookBase, lookFailed, takeIn } from './look.ts';

export type FullCheckTools = LookTools & {
  checks: readonly Check[];
  version: string;
  reports: Reports;
  knownSecrets: KnownSecrets;
  telemetry?: Telemetry | undefined;
  newId(): string;
};

/** `reason`: why not all could be judged. `summary`: what fails on the first check of a secret. */
export type FullCheckOutcome = { reason: string | null; checked: number; summary: string[] };

/** The deadline is the time of one check, times the rounds that so many take. */
const secretsARound = 8;

/** Reports of the watch alone: what a person saw in between does not make a failure old news for the channel. */
const isWatchRun = ({ runId }: Report) => runId.startsWith(runPrefix);
const runPrefix = 'watch-';

/** Enough to find the last known verdict behind a longer time of unknown ones. */
const historyRead = 50;

/**
 * Runs all checks on one secret, or (null) on all watched ones, and takes in what they saw. A report is stored after its
 * observation: a worker that dies in between does it again, and nothing is lost or told twice.
 */
export async function fullCheck(
  tools: FullCheckTools,
  integration: Integration,
  secret: string | null,
): Promise<FullCheckOutcome> {
  const beganAt = tools.clock.now();
  const { integration: name } = integration.settings;
  const names = await namesOf(tools, integration, secret);
  if ('gap' in names) {
    const reason = names.gap.detail;
    const time = { integration: name, beganAt, seenAt: tools.clock.now() };
    await takeIn(tools, [lookFailed(time, reason, 'check')]);
    return { reason, checked: 0, summary: [] };
  }
  const runs = names.known.map((one) => ({ runId: `${runPrefix}${tools.newId()}`, secret: one }));
  const deadlineMs = tools.deadlineMs * Math.max(1, Math.ceil(runs.length / secretsARound));
  const verified = await verify({ ...tools, integration, runs, deadlineMs });
  const taken: Taken[] = [];
  for (const one of verified) taken.push(await takeReport(tools, one));
  await remember(tools, name, verified);
  const blind = taken.find(({ blindness }) => blindness !== null);
  if (secret === null && (taken.length === 0 || taken.some(({ blindness }) => blindness === null))) {
    await tools.marks.advance(name, 'check', beganAt);
  }
  return {
    reason: blind?.blindness ?? null,
    checked: taken.length,
    summary: taken.flatMap(({ summary }) => summary),
  };
}

async function namesOf(
  tools: FullCheckTools,
  integration: Integration,
  secret: string | null,
): Promise<Told<string[]>> {
  if (secret !== null) return { known: [secret] };
  const watched = await toldOf(watchedSecrets(integration, tools));
  return 'gap' in watched ? watched : { known: watched.known.names };
}

/** `blindness`: why nothing that stands in the way of a scan could be judged; null when something could. */
type Taken = { blindness: string | null; summary: string[] };

async function takeReport(tools: FullCheckTools, { report, evidence }: Verified): Promise<Taken> {
  const { integration, subject } = report;
  const blocking = new Set(tools.checks.filter((check) => check.blocking).map(({ id }) => id));
  const all = await tools.reports.history(integration, subject.secret, historyRead);
  const history = all.filter(isWatchRun);
  const observation = checkObservation(report, { blocking, history, seenAt: tools.clock.now() });
  await takeIn(tools, [observation, ...heartbeat(report, evidence, tools.clock.now())]);
  await tools.reports.save(report);
  const isBlind = observation.kind === 'look-failed';
  const failing = report.checks.filter(({ id, verdict }) => blocking.has(id) && verdict === 'fail');
  const findings = failing.map(({ finding, title }) => `${subject.secret}: ${finding ?? title}`);
  return {
    blindness: isBlind ? (observation.reason ?? 'Nothing could be judged.') : null,
    summary: history.length === 0 ? findings : [],
  };
}

/** A heartbeat that is under way, off or of another word says nothing. */
function heartbeat(report: Report, { entries }: SavedEvidence, seenAt: number): Observation[] {
  const entry = entries.secret;
  if (!entry || 'gap' in entry) return [];
  const outcome = heartbeatOutcome(entry.value.heartbeat);
  if (outcome !== 'success' && outcome !== 'failure') return [];
  const beganAt = Date.parse(report.startedAt);
  const base = lookBase({ integration: report.integration, beganAt, seenAt }, 'watch');
  const { secret } = report.subject;
  return [{ kind: 'heartbeat-state', ...base, secret, beganAt, succeeded: outcome === 'success' }];
}

async function remember(
  { knownSecrets }: FullCheckTools,
  integration: string,
  verified: readonly Verified[],
): Promise<void> {
  const existing = verified.filter(({ report }) => report.subject.secretId !== null);
  await knownSecrets.remember(
    integration,
    existing.map(({ report }) => report.subject.secret),
  );
}
