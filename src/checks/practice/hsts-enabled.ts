import { defineCheck } from '../../domain/check.ts';
import { dayMs } from '../../domain/instant.ts';
import { fact, pass, unknown, warn } from '../../domain/verdict.ts';

const leastDays = 180;

export const hstsEnabled = defineCheck({
  id: 'hsts-enabled',
  section: 'practice',
  title: 'Browsers are told to stay on HTTPS',
  why: 'Without HSTS a browser that is sent to http: once can be kept there, and shows the login page to whoever listens.',
  remedy:
    'Turn Enable HSTS on with a maximum age of at least 180 days (Administration > Configuration > Security).',
  blocking: false,
  needs: ['strictTransport'],
  judge({ strictTransport: { enabled, maxAgeSeconds } }) {
    if (!enabled) return warn('HSTS is off.', [fact('strictTransport', 'HSTS is off')]);
    if (maxAgeSeconds === null) return unknown([untold]);
    const days = Math.floor((maxAgeSeconds * 1000) / dayMs);
    const seen = fact('strictTransport', `HSTS is on for ${days} days`);
    return days < leastDays ? warn(`HSTS is on for ${days} days only.`, [seen]) : pass(seen);
  },
});

const untold = {
  source: 'secret-server',
  cause: 'absent',
  detail: 'Secret Server does not tell for how long HSTS is on.',
} as const;
