import { type Instant, moment, span } from '../instant.ts';
import type { Told } from '../told.ts';
import { leftOut, type Said, unseen, unwell, well } from './finding.ts';

/** One other clock: how far it is ahead of ours. */
export type ClockSeen = { whose: string; aheadMs: number };

/** A clock further off than this makes an order of events doubtful. */
const skewLimitMs = 2 * 60_000;

export function qualysFindings(login: Told<unknown> | null): Said[] {
  if (login === null) return [leftOut('Qualys is not configured.')];
  if ('known' in login) return [well('Qualys accepts the login, and its API answers.')];
  return [
    unseen(
      'Qualys cannot be asked',
      login.gap,
      'Correct `qualys` in the configuration: the URL of your platform, user name and password; the user needs API access.',
    ),
  ];
}

export function directoryFindings(bind: Told<unknown> | null): Said[] {
  if (bind === null) return [leftOut('No directory is configured.')];
  if ('known' in bind) return [well('The directory accepts the bind, and answers.')];
  return [
    unseen(
      'The directory cannot be asked',
      bind.gap,
      'Correct `directory` in the configuration: URL, bindDn, bindPassword and tls.caFile.',
    ),
  ];
}

export type SiteState = {
  site: string;
  health: Told<{ alive: { version: string }[]; lastSeen: Instant | null }>;
};

/** `sites` null: this run has no way to them. */
export function siteFindings(names: readonly string[], sites: readonly SiteState[] | null): Said[] {
  if (names.length === 0) return [leftOut('No appliance names a site, so no probe is needed.')];
  if (sites === null)
    return [leftOut(`Without REDIS_URL there is no way to the probes of ${names.join(', ')}.`)];
  return sites.map(siteFinding);
}

function siteFinding({ site, health }: SiteState): Said {
  const remedy = `Start \`vaultcheck probe --site ${site}\` there (docs/probes.md).`;
  if ('gap' in health) return unseen(`The site ${site} could not be asked`, health.gap, remedy);
  const { alive, lastSeen } = health.known;
  if (alive.length > 0) {
    const versions = [...new Set(alive.map(({ version }) => version))].join(', ');
    return well(
      `The site ${site} has ${alive.length} living ${alive.length === 1 ? 'probe' : 'probes'} (version ${versions}).`,
    );
  }
  const since =
    lastSeen === null ? 'none has ever been heard of' : `the last sign of one was at ${moment(lastSeen)}`;
  return unwell('fail', `No probe of the site ${site} is alive: ${since}.`, remedy);
}

export function clockFindings(clocks: readonly ClockSeen[]): Said[] {
  if (clocks.length === 0) return [leftOut('No other clock could be compared with this one.')];
  const off = clocks.filter(({ aheadMs }) => Math.abs(aheadMs) > skewLimitMs);
  if (off.length === 0)
    return [well(`This clock agrees with that of ${clocks.map(({ whose }) => whose).join(', ')}.`)];
  return off.map(({ whose, aheadMs }) =>
    unwell(
      'warn',
      `The clock of ${whose} is ${span(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} this one.`,
      'Let both hosts take their time from the same server (NTP).',
    ),
  );
}
