import type { Incident } from '../../src/domain/incident.ts';
import type { IncidentView } from '../../src/ports/incident-notifier.ts';
import type { CardFrame } from '../../src/slack/render/incident-parts.ts';

export const since = Date.parse('2026-11-24T03:07:00.000Z');
const minute = 60_000;

/** A locked scan account that nobody has taken yet. */
export function incident(more: Partial<Incident> = {}): Incident {
  return {
    id: '8c1f4c52-30c2-4b7e-9c39-6f0e2f5d8b11',
    key: 'login:corp:svc-qualys',
    version: 1,
    kind: 'account-locked',
    severity: 'critical',
    integration: 'corp',
    account: 'CORP\\svc-qualys',
    secret: null,
    about: null,
    state: 'open',
    snoozed: null,
    since,
    lastAt: since,
    openedAt: since + 1000,
    updatedAt: since + 1000,
    seenAt: since + 1000,
    count: 6,
    failures: 5,
    source: 'syslog',
    reason: 'Login failed',
    addresses: [
      { at: since, address: '10.20.30.40', origin: 'appliance', appliance: 'appliance-01', count: 5 },
    ],
    checks: [],
    lateMs: null,
    acknowledged: null,
    escalated: null,
    resolution: null,
    openings: [since + 1000],
    flapping: false,
    storm: null,
    cause: null,
    breaks: null,
    remindAt: since + 15 * minute,
    escalateAt: since + 30 * minute,
    escalateLeftMs: null,
    timeline: [],
    ...more,
  } as Incident;
}

export const explained: Partial<Incident> = {
  cause: {
    id: 'stale-qualys-record',
    text: 'Qualys still sends the old password: it was changed in the directory at 2026-11-22T18:40Z; the vault record "Corp Secret Server" was last edited at 2026-03-02T10:00Z.',
    confidence: 'high',
    evidence: ['5 failures from appliance-01, the last at 2026-11-24T03:07Z.'],
    next: 'Put the new password into the Qualys vault record, then unlock svc-qualys.',
  },
  breaks: {
    secrets: ['scanadmin', 'linux-root', 'oracle', 'esx'],
    scans: [{ title: 'Weekly Windows', at: since - 2 * minute }],
    unread: ['The schedule of scans cannot be read.'],
  },
};

export const acknowledged: Partial<Incident> = {
  state: 'acknowledged',
  acknowledged: { by: 'U0ANA', at: since + 5 * minute },
};
export const snoozed: Partial<Incident> = {
  snoozed: { by: 'U0BEN', at: since + 5 * minute, until: since + 35 * minute },
};
export const resolved: Partial<Incident> = {
  state: 'resolved',
  resolution: { by: 'U0ANA', at: since + 41 * minute, cause: 'vault record updated', note: null },
};
export const clearedAlone: Partial<Incident> = {
  state: 'resolved',
  resolution: {
    by: null,
    at: since + 41 * minute,
    cause: null,
    note: 'Seen unlocked; logged in again from appliance-01.',
  },
};

export function alone(one: Incident): IncidentView {
  return { incident: one, storm: [one] };
}

export function stormOf(count: number, each: (at: number) => Partial<Incident> = () => ({})): IncidentView {
  const storm = Array.from({ length: count }, (_, at) =>
    incident({ id: `storm-${at}`, account: `svc-scan-${at}`, storm: 'storm-0', ...each(at) }),
  );
  const [leader] = storm;
  if (!leader) throw new Error('an empty storm');
  return { incident: leader, storm };
}

export const frame: CardFrame = {
  links: [{ title: 'Runbook', url: 'https://wiki.corp.example/scan-accounts?a=1&b=2' }],
  escalation: true,
  addresses: true,
  displacedFrom: null,
};
