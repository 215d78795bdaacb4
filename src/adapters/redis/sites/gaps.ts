import { type GapCause, GapError } from '../../../domain/gap.ts';
import { type Instant, moment } from '../../../domain/instant.ts';
import type { Refusal, SiteAsk } from './messages.ts';

function gap(cause: GapCause, detail: string): GapError {
  return new GapError({ source: 'probe', cause, detail });
}

export function deadGap(site: string, lastSeen: Instant | null): GapError {
  const since =
    lastSeen === null ? 'none has ever been heard of' : `the last sign of one was at ${moment(lastSeen)}`;
  return gap(
    'unreachable',
    `No probe of the site "${site}" is alive: ${since}. Start \`vaultcheck probe --site ${site}\` there.`,
  );
}

export function lostGap(site: string, lastSeen: Instant | null): GapError {
  const since = lastSeen === null ? '' : `: the last sign of it was at ${moment(lastSeen)}`;
  return gap(
    'unreachable',
    `The probe of the site "${site}" died over the question${since}. Start \`vaultcheck probe --site ${site}\` there again.`,
  );
}

export function silentGap(site: string): GapError {
  return gap('timed-out', `A probe of the site "${site}" is alive, but its answer did not come in time.`);
}

export function lateGap(site: string): GapError {
  return gap(
    'timed-out',
    `The probe of the site "${site}" was still being waited for at the deadline of the run.`,
  );
}

export function redisGap(site: string): GapError {
  return gap(
    'unreachable',
    `The site "${site}" could not be asked: Redis, the way to its probe, does not answer.`,
  );
}

export function unreadableGap(site: string): GapError {
  return gap(
    'malformed',
    `What the probe of the site "${site}" answered cannot be read: bring both to one version.`,
  );
}

export function refusalGap(site: string, cannot: Refusal, { host, port }: SiteAsk): GapError {
  switch (cannot) {
    case 'not-allowed':
      return gap(
        'denied',
        `The probe of the site "${site}" may not look at ${host}:${port}: start it with --allow ${host}:${port}.`,
      );
    case 'version':
      return gap(
        'failing',
        `The probe of the site "${site}" is older than this question: update Vaultcheck on its host.`,
      );
    case 'failed':
      return gap('failing', `The probe of the site "${site}" met a fault of its own: its log says which.`);
  }
}
