import { hstsEnabled } from '../../../src/checks/practice/hsts-enabled.ts';
import { gap, itJudges } from '../../given.ts';

const on = (days: number | null) => ({
  strictTransport: { enabled: true, maxAgeSeconds: days === null ? null : days * 86_400 },
});

itJudges(hstsEnabled, [
  ['on for a year', on(365), 'pass', 'HSTS is on for 365 days'],
  ['on for 180 days', on(180), 'pass', '180 days'],
  ['on for 179 days', on(179), 'warn', '179 days only'],
  ['off', { strictTransport: { enabled: false, maxAgeSeconds: 31_536_000 } }, 'warn', 'HSTS is off'],
  ['for how long is not told', on(null), 'unknown', 'for how long'],
  ['unread', { strictTransport: gap }, 'unknown', gap.gap.detail],
]);
