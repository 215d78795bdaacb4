import { expect, it } from 'vitest';
import { keysOf } from '../../src/domain/incident-key.ts';
import type { Observation } from '../../src/domain/observation.ts';
import { at } from '../given.ts';
import { happening, serviceState } from '../incidents.ts';

it('keys tell apart what is not one thing, and a lockout and failures are one', () => {
  const key = (observation: Observation) => keysOf(observation)[0]?.key;
  expect(key(happening('account-locked'))).toBe(key(happening('login-failed')));
  expect(key(happening('account-locked'))).not.toBe(key(happening('account-locked', { account: 'other' })));
  expect(key(happening('account-locked'))).not.toBe(
    key(happening('account-locked', { integration: 'other' })),
  );
  expect(key(happening('service-off'))).toBe(key(serviceState(at, true)));
  expect(key(happening('service-off'))).not.toBe(key(happening('service-off', { details: 'force-https' })));
});
