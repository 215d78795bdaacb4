import { expect, it } from 'vitest';
import { observationText } from '../../src/domain/observation-words.ts';
import { happening } from '../incidents.ts';

const edit = 'LoginFailures: 4 to 5; IsLockedOut: false to true;';

it.each([
  ['an edit that its words say', happening('account-locked', { reason: edit }), 'Locked out'],
  [
    'an edit that its details say',
    happening('secret-changed', {
      details: 'RequiresApproval: true',
      reason: 'RequiresApproval: false to true;',
    }),
    'Secret changed (RequiresApproval: true)',
  ],
  [
    'an edit that says more than its words',
    happening('secret-changed', { details: 'moved', reason: 'Folder: \\A to \\B;' }),
    'Secret changed (moved): Folder: \\A to \\B;',
  ],
  [
    'a service by its name',
    happening('service-off', { details: 'web-services', reason: 'EnableWebServices: true to false;' }),
    'Turned off (web services)',
  ],
  [
    'a reason',
    happening('account-locked', { reason: 'Too many failed logins' }),
    'Locked out: Too many failed logins',
  ],
])('tells %s', (_, seen, text) => {
  const here = { ...seen, address: null, appliance: null };
  expect(observationText(here)).toBe(text);
});
