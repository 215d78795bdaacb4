import { defineCheck } from '../../domain/check.ts';
import { coverageKeys, forwarding, subscribed, unlessCovered } from '../../domain/event-coverage.ts';

export const siemForwarding = defineCheck({
  id: 'siem-forwarding',
  section: 'alerts',
  title: 'Events go to a SIEM',
  why: 'What leaves Secret Server at once can be seen while the account is being locked, and cannot be wiped out there.',
  remedy: 'Turn Enable Syslog/CEF Logging on and name a server (Administration > Configuration > General).',
  blocking: false,
  needs: [] as readonly never[],
  wants: coverageKeys,
  exempt({ settings: { expectEvents } }) {
    const asked = expectEvents === 'syslog' || expectEvents === 'either';
    return asked ? null : `Forwarding is not expected (expectEvents: ${expectEvents}).`;
  },
  judge(known, context) {
    return unlessCovered(
      forwarding(known),
      { id: 'lockout-subscribed', judgement: subscribed(known) },
      context,
    );
  },
});
