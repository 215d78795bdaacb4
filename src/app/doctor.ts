import { chatFindings, unheardFindings } from '../domain/doctor/chat.ts';
import { about, type Finding, well } from '../domain/doctor/finding.ts';
import { readerFindings } from '../domain/doctor/reader.ts';
import { redisFindings } from '../domain/doctor/redis.ts';
import {
  type ClockSeen,
  clockFindings,
  directoryFindings,
  qualysFindings,
  siteFindings,
} from '../domain/doctor/sources.ts';
import type { GapCause } from '../domain/gap.ts';
import { plural } from '../domain/instant.ts';
import { ifKnown, type Told } from '../domain/told.ts';
import type { ChatHealth, NamedChannel, StoreHealth } from '../ports/health.ts';
import type { RunScope } from '../ports/run-scope.ts';
import { deadlineSignal } from './deadline.ts';
import { openGatherer } from './gather.ts';
import type { Integration } from './integration.ts';
import type { Question } from './question.ts';
import { readerState } from './reader-state.ts';
import { readings } from './readings/index.ts';
import { sitesInUse } from './readings/sites.ts';
import { toldOf } from './told.ts';

export type DoctorRequest = Question & {
  file: string;
  integrations: readonly Integration[];
  /** Null where none is set. */
  store: StoreHealth | null;
  chat: ChatHealth | null;
  channels: readonly NamedChannel[];
  /** Integrations whose incidents have no channel. */
  unheard: readonly string[];
};

/** `away`: those without which Vaultcheck does not run at all, and which do not answer. */
export type Examined = { findings: Finding[]; away: ('Redis' | 'Slack')[] };

/** Looks at Vaultcheck itself and at all it depends on, side by side. Whatever does not answer becomes a finding. */
export async function doctor(request: DoctorRequest): Promise<Examined> {
  const deadline = deadlineSignal(request.deadlineMs, request.signal);
  const scope = { signal: deadline.signal, sent: () => {} };
  try {
    const [common, ...each] = await Promise.all([
      ourselves(request),
      ...request.integrations.map((one) => examined(one, request, scope)),
    ]);
    const clocks = [common, ...each].flatMap((one) => one.clocks);
    const findings = [common, ...each].flatMap((one) => one.findings);
    return {
      findings: [...findings, ...about('clock', null, clockFindings(clocks))],
      away: common.away,
    };
  } finally {
    deadline.end();
  }
}

type Part = { findings: Finding[]; clocks: ClockSeen[] };

const silences: readonly GapCause[] = ['unreachable', 'timed-out', 'failing'];

function isAway(told: Told<unknown> | null): boolean {
  return told !== null && 'gap' in told && silences.includes(told.gap.cause);
}

async function ourselves({
  file,
  integrations,
  store,
  chat,
  channels,
  unheard,
  clock,
}: DoctorRequest): Promise<Part & Pick<Examined, 'away'>> {
  const [kept, talked] = await Promise.all([
    store ? toldOf(store.read()) : null,
    chat ? toldOf(chat.read(channels)) : null,
  ]);
  const stored = kept && ifKnown(kept);
  const socket = talked && (ifKnown(talked)?.socket ?? null);
  return {
    away: [
      ...(isAway(kept) ? (['Redis'] as const) : []),
      ...(isAway(talked) || isAway(socket) ? (['Slack'] as const) : []),
    ],
    clocks: stored ? [{ whose: 'Redis', aheadMs: stored.clockMs - clock.now() }] : [],
    findings: [
      ...about('configuration', null, [
        well(`${file} is right: ${plural(integrations.length, 'integration')}.`),
      ]),
      ...about('redis', null, redisFindings(kept)),
      ...about('slack', null, [...chatFindings(talked), ...unheardFindings(unheard)]),
    ],
  };
}

async function examined(integration: Integration, { clock }: Question, scope: RunScope): Promise<Part> {
  const { settings } = integration;
  const { door } = openGatherer(integration, { startedAt: clock.now(), clock, scope }, readings);
  const { vault, scanner, directory, sites } = door;
  const names = sitesInUse(settings);
  const [reader, qualys, domain, probes, vaultNow] = await Promise.all([
    readerState(vault, settings),
    scanner ? toldOf(scanner.appliances()) : null,
    directory ? toldOf(directory.domain()) : null,
    sites
      ? Promise.all(names.map(async (site) => ({ site, health: await toldOf(sites.health(site)) })))
      : null,
    toldOf(vault.now()),
  ]);
  const { integration: name } = settings;
  const read = ifKnown(vaultNow);
  const bound = domain && ifKnown(domain);
  return {
    clocks: [
      ...(read ? [{ whose: `Secret Server (${name})`, aheadMs: read.utcNow.ms - clock.now() }] : []),
      ...(bound ? [{ whose: `the directory (${name})`, aheadMs: bound.skewMs }] : []),
    ],
    findings: [
      ...about('reader', name, readerFindings(reader)),
      ...about('qualys', name, qualysFindings(qualys)),
      ...about('directory', name, directoryFindings(domain)),
      ...about('sites', name, siteFindings(names, probes)),
    ],
  };
}
