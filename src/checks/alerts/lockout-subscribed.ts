import { defineCheck } from '../../domain/check.ts';
import { coverageKeys, forwarding, subscribed, unlessCovered } from '../../domain/event-coverage.ts';

export const lockoutSubscribed = defineCheck({
  id: 'lockout-subscribed',
  section: 'alerts',
  title: "An event subscription covers this account's lockout and failed logins",
  why: 'A scan account that is locked out stops every scan in silence, until somebody looks.',
  remedy:
    'Subscribe to User Lockout and User Login Failure for the scan account or its group (Administration > Event Subscriptions).',
  blocking: false,
  needs: [] as readonly never[],
  wants: coverageKeys,
  exempt({ settings: { expectEvents } }) {
    const asked = expectEvents === 'email' || expectEvents === 'either';
    return asked ? null : `Alerts by e-mail are not expected (expectEvents: ${expectEvents}).`;
  },
  judge(known, context) {
    return unlessCovered(subscribed(known), { id: 'siem-forwarding', judgement: forwarding(known) }, context);
  },
});
