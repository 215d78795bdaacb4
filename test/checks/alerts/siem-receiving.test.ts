import { siemReceiving } from '../../../src/checks/alerts/siem-receiving.ts';
import { dayMs } from '../../../src/domain/instant.ts';
import { at, gap, itJudges } from '../../given.ts';

const listening = { listening: true };
const last = (agoMs: number) => ({ lastEvent: { event: { at: at - agoMs, kind: '16 USER - LOGIN' } } });

itJudges(siemReceiving, [
  ['no listener', last(0), 'skipped', 'No `listeners.syslog`'],
  ['e-mail is expected', last(0), 'skipped', 'expectEvents: email', { ...listening, expectEvents: 'email' }],
  ['nothing is expected', last(0), 'skipped', 'expectEvents: none', { ...listening, expectEvents: 'none' }],
  ['no Redis', { lastEvent: null }, 'skipped', 'no Redis in this run', listening],
  ['within the window', last(7 * dayMs), 'pass', '2026-11-17T02:00Z: 16 USER - LOGIN', listening],
  ['older', last(7 * dayMs + 1), 'warn', 'none since', listening],
  ['none ever', { lastEvent: { event: null } }, 'unknown', 'for as long as the journal is kept', listening],
  ['the journal cannot be read', { lastEvent: gap }, 'unknown', gap.gap.detail, listening],
]);
