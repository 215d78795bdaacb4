import { defineCheck } from '../../domain/check.ts';
import { moment } from '../../domain/instant.ts';
import { windowStart } from '../../domain/settings.ts';
import { fact, pass, skipped, unknown, warn } from '../../domain/verdict.ts';

export const siemReceiving = defineCheck({
  id: 'siem-receiving',
  section: 'alerts',
  title: 'Events of this Secret Server arrive here',
  why: 'Forwarding that is set up and blocked on the way looks healthy on both ends, and no alert comes.',
  remedy:
    "Send Secret Server's syslog to this listener, and let its address through the firewall and `listeners.syslog.allow`.",
  blocking: false,
  needs: ['lastEvent'],
  exempt({ settings: { expectEvents, listening } }) {
    if (!listening) return 'No `listeners.syslog` is configured.';
    const asked = expectEvents === 'syslog' || expectEvents === 'either';
    return asked ? null : `Events by syslog are not expected (expectEvents: ${expectEvents}).`;
  },
  judge({ lastEvent }, context) {
    if (lastEvent === null)
      return skipped('There is no Redis in this run, so the journal of events was not read.');
    const { event } = lastEvent;
    if (!event) return unknown([never]);
    const text = `The last event arrived ${moment(event.at)}: ${event.kind}`;
    if (event.at >= windowStart(context)) return pass(fact('lastEvent', text));
    return warn(`${text}; none since.`, [fact('lastEvent', text)]);
  },
});

const never = {
  source: 'vaultcheck',
  cause: 'absent',
  detail: 'No event of this Secret Server has arrived here for as long as the journal is kept.',
} as const;
