import { randomUUID } from 'node:crypto';
import type { Calls } from '../app/calls.ts';
import type { Integration } from '../app/integration.ts';
import { type Verified, verify } from '../app/verify.ts';
import { nothingWatched, watchedSecrets } from '../app/watched-secrets.ts';
import { checks } from '../checks/index.ts';
import { type ConfigSource, loadConfig } from '../config/load.ts';
import { GapError } from '../domain/gap.ts';
import { UnreachableError } from '../roles/unreachable.ts';
import { version } from '../version.ts';
import type { Cli } from './cli.ts';
import { gapText } from './print/report-row.ts';
import { type Progress, progressOn } from './progress.ts';
import { type Target, targetsOf } from './targets.ts';

export type CheckOptions = { secrets: readonly string[]; all?: true; integration?: string; timeout: number };

/** `unread`: the folder that the secrets lie in could not be read. */
type Job = {
  integration: Integration;
  secrets: readonly string[];
  calls?: Calls;
  problem?: string | null;
  unread?: true;
};

/** `problems`: integrations whose secrets could not be checked at all, in a sentence each. They have no report. */
export type Checked = { verified: Verified[]; problems: string[] };

/**
 * Checks what was asked for, several integrations side by side, with one deadline for all. Answers in the order asked:
 * by secret, then by integration. Throws UnreachableError where no folder at all could be read.
 */
export async function runChecks(cli: Cli, source: ConfigSource, options: CheckOptions): Promise<Checked> {
  const config = loadConfig(source);
  const settings = config.integrations.map((one) => one.settings);
  const { secrets, all = false, integration } = options;
  const targets = targetsOf(settings, { secrets, all, integration });
  const chosen = targets.flatMap(({ index }) => config.integrations[index] ?? []);
  const opened = await cli.world.openIntegrations(chosen, config.environment);
  const deadline = Date.now() + options.timeout;
  try {
    const progress = progressOn(cli.terminal);
    // Each integration goes on by itself: one that hangs takes no time of the others.
    const jobs = await Promise.all(
      opened.integrations.map(async (one, index) => {
        const job = await jobOf(one, targets[index]?.secrets ?? [], deadline);
        progress.expect(job.secrets.length);
        return { ...job, verified: await verifyJob(job, deadline, progress) };
      }),
    );
    progress.clear();
    const problems = jobs.flatMap(({ problem }) => problem ?? []);
    if (jobs.every(({ unread }) => unread)) throw new UnreachableError(problems.join('\n'));
    return {
      verified: inOrderAsked(
        jobs.flatMap(({ verified }) => verified),
        secrets,
      ),
      problems,
    };
  } finally {
    await opened.close();
  }
}

async function jobOf(integration: Integration, secrets: Target['secrets'], deadline: number): Promise<Job> {
  if (secrets !== 'watched') return { integration, secrets };
  if (integration.settings.secrets !== 'folder')
    return { integration, secrets: integration.settings.secrets };
  try {
    const calls: Calls = {};
    const question = { deadlineMs: remaining(deadline), clock: { now: Date.now }, calls };
    const { names } = await watchedSecrets(integration, question);
    return { integration, secrets: names, calls, problem: nothingWatched(integration.settings, names) };
  } catch (error) {
    if (!(error instanceof GapError)) throw error;
    const { integration: name, folder } = integration.settings;
    const problem = `The secrets of ${name} are those in the folder ${folder}, which could not be read. ${gapText(error.gap)}`;
    return { integration, secrets: [], problem, unread: true };
  }
}

function verifyJob(
  { integration, secrets, calls }: Job,
  deadline: number,
  progress: Progress,
): Promise<Verified[]> {
  return verify({
    integration,
    runs: secrets.map((secret) => ({ runId: randomUUID(), secret })),
    deadlineMs: remaining(deadline),
    clock: { now: Date.now },
    checks,
    version: version(),
    onReport: progress.finished,
    onWaiting: progress.waiting,
    calls,
  });
}

function remaining(deadline: number): number {
  return Math.max(1, deadline - Date.now());
}

function inOrderAsked(verified: readonly Verified[], secrets: readonly string[]): Verified[] {
  const place = ({ report }: Verified) => secrets.indexOf(report.subject.secret);
  return [...verified].sort((one, other) => place(one) - place(other));
}
