import { createHash } from 'node:crypto';
import type { Check } from '../../domain/check.ts';
import { checkObservation } from '../../domain/check-observation.ts';
import { heartbeatOutcome } from '../../domain/heartbeat.ts';
import type { Observation } from '../../domain/observation.ts';
import type { Report } from '../../domain/report.ts';
import type { Told } from '../../domain/told.ts';
import type { CheckedInRound, CheckRound, CheckRounds } from '../../ports/check-rounds.ts';
import type { KnownSecrets, Reports } from '../../ports/records.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { Integration } from '../integration.ts';
import type { SavedEvidence } from '../saved-evidence.ts';
import { toldOf } from '../told.ts';
import { type Verified, verify } from '../verify.ts';
import { watchedSecrets } from '../watched-secrets.ts';
import { newRound, roundKeeper, roundOf } from './check-round.ts';
import { type LookTools, lookBase, lookFailed, takeIn } from './look.ts';

export type FullCheckTools = LookTools & {
  checks: readonly Check[];
  version: string;
  reports: Reports;
  knownSecrets: KnownSecrets;
  rounds: CheckRounds;
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
 * Runs all checks on one secret, or (null) on all watched ones, and takes in what they saw, each as it is judged. A report
 * is stored after its observation: a worker that dies in between does it again, and nothing is lost or told twice. Of
 * all watched secrets, another worker goes on where the round was left, until `endRound` says that its outcome was told.
 */
export async function fullCheck(
  tools: FullCheckTools,
  integration: Integration,
  secret: string | null,
): Promise<FullCheckOutcome> {
  const now = tools.clock.now();
  const { integration: name } = integration.settings;
  const names = await namesOf(tools, integration, secret);
  if ('gap' in names) {
    const reason = names.gap.detail;
    const time = { integration: name, beganAt: now, seenAt: tools.clock.now() };
    await takeIn(tools, [lookFailed(time, reason, 'check')]);
    return { reason, checked: 0, summary: [] };
  }
  const isRound = secret === null;
  const fresh = { now, id: tools.newId() };
  const round = isRound ? await roundOf(tools.rounds, name, fresh) : newRound(fresh);
  const done = await checkRest(tools, integration, {
    round,
    names: names.known,
    save: isRound ? (grown) => tools.rounds.save(name, grown) : async () => {},
  });
  const blind = done.find(({ blindness }) => blindness !== null);
  if (isRound && (done.length === 0 || done.some(({ blindness }) => blindness === null))) {
    await tools.marks.advance(name, 'check', round.beganAt);
  }
  return {
    reason: blind?.blindness ?? null,
    checked: done.length,
    summary: done.flatMap(({ summary }) => summary),
  };
}

/** What the round found was told: the next full check begins anew. */
export async function endRound(
  { rounds }: Pick<FullCheckTools, 'rounds'>,
  integration: string,
): Promise<void> {
  await rounds.end(integration);
}

type Rest = { round: CheckRound; names: readonly string[]; save: (round: CheckRound) => Promise<void> };

/** The same for whoever does it again, and short enough for a button. */
function runIdOf({ id }: CheckRound, secret: string): string {
  const named = createHash('sha256').update(JSON.stringify([id, secret]));
  return `${runPrefix}${named.digest('hex').slice(0, 24)}`;
}

/** Checks those secrets that the round has not come to, and answers with all of it. */
async function checkRest(
  tools: FullCheckTools,
  integration: Integration,
  { round, names, save }: Rest,
): Promise<readonly CheckedInRound[]> {
  const done = new Set(round.done.map(({ secret }) => secret));
  const runs = names
    .filter((one) => !done.has(one))
    .map((one) => ({ runId: runIdOf(round, one), secret: one }));
  if (runs.length === 0) return round.done;
  const deadlineMs = tools.deadlineMs * Math.ceil(runs.length / secretsARound);
  const keeper = roundKeeper((one: Verified) => takeReport(tools, one), {
    round,
    save,
    now: tools.clock.now,
  });
  const onReport = (report: Report, evidence: SavedEvidence) => keeper.add({ report, evidence });
  const verified = await verify({ ...tools, integration, runs, deadlineMs, onReport });
  await remember(tools, integration.settings.integration, verified);
  return keeper.finished();
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

async function takeReport(tools: FullCheckTools, { report, evidence }: Verified): Promise<CheckedInRound> {
  const { integration, subject } = report;
  const blocking = new Set(tools.checks.filter((check) => check.blocking).map(({ id }) => id));
  const all = await tools.reports.history(integration, subject.secret, historyRead);
  const history = all.filter((one) => isWatchRun(one) && one.runId !== report.runId);
  const observation = checkObservation(report, { blocking, history, seenAt: tools.clock.now() });
  await takeIn(tools, [observation, ...heartbeat(report, evidence, tools.clock.now())]);
  await tools.reports.save(report);
  const isBlind = observation.kind === 'look-failed';
  const failing = report.checks.filter(({ id, verdict }) => blocking.has(id) && verdict === 'fail');
  const findings = failing.map(({ finding, title }) => `${subject.secret}: ${finding ?? title}`);
  return {
    secret: subject.secret,
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
