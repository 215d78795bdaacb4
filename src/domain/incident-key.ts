import type { IncidentKind } from './incident.ts';
import type { Observation } from './observation.ts';

/** What incidents are about. A lockout and failing logins of one account are one thing. */
export const families = [
  'login',
  'password',
  'unexpected-login',
  'secret',
  'service',
  'heartbeat',
  'events',
  'checks',
  'blind',
] as const;
export type Family = (typeof families)[number];

export const familyOf: { readonly [K in IncidentKind]: Family } = {
  'account-locked': 'login',
  'login-failing': 'login',
  'password-changed': 'password',
  'unexpected-login': 'unexpected-login',
  'secret-changed': 'secret',
  'service-changed': 'service',
  'heartbeat-failed': 'heartbeat',
  'events-silent': 'events',
  'check-failed': 'checks',
  'watch-blind': 'blind',
};

/** Which incidents an observation may bear on. */
const heardBy: { readonly [K in Observation['kind']]: readonly Family[] } = {
  'account-locked': ['login'],
  'account-unlocked': ['login'],
  login: ['login', 'unexpected-login', 'password'],
  'login-failed': ['login'],
  'login-unknown-user': ['login'],
  'password-changed': ['password'],
  'secret-changed': ['secret'],
  'service-off': ['service'],
  'service-on': ['service'],
  'heartbeat-failed': ['heartbeat'],
  'heartbeat-succeeded': ['heartbeat'],
  'events-missing': ['events'],
  'events-arrived': ['events'],
  'look-failed': ['blind'],
  'account-state': ['login', 'password'],
  'secret-checked': ['checks', 'secret', 'heartbeat'],
  'service-state': ['service'],
  'heartbeat-state': ['heartbeat'],
  'look-worked': ['blind'],
};

/** The families that an observation bears on, each with the key of its one incident that may be open. */
export function keysOf(observation: Observation): { family: Family; key: string }[] {
  return heardBy[observation.kind].map((family) => ({ family, key: incidentKey(family, observation) }));
}

/** No two things share a key: parts may hold anything. */
function incidentKey(family: Family, observation: Observation): string {
  return JSON.stringify([observation.integration, family, subjectOf(family, observation)]);
}

function subjectOf(family: Family, observation: Observation): string | null {
  switch (family) {
    case 'login':
    case 'password':
    case 'unexpected-login':
      return observation.account;
    case 'secret':
    case 'heartbeat':
    case 'checks':
      return observation.secret;
    case 'service':
      return 'service' in observation
        ? observation.service
        : 'details' in observation
          ? observation.details
          : null;
    case 'events':
    case 'blind':
      return null;
  }
}
