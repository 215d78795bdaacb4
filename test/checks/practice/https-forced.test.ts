import { httpsForced } from '../../../src/checks/practice/https-forced.ts';
import type { PlainHttp } from '../../../src/domain/evidence/practice.ts';
import { gap, itJudges } from '../../given.ts';

const port80 = (state: PlainHttp['state'], detail: string) => ({
  httpsForced: false,
  plainHttp: { host: 'vault.corp.example', state, detail },
});
const clear = 'http://vault.corp.example/SecretServer';

itJudges(httpsForced, [
  ['forced', { httpsForced: true, plainHttp: null }, 'pass', 'derived from configuration'],
  ['forced, port 80 unread', { httpsForced: true, plainHttp: gap }, 'pass', 'Force HTTPS is on'],
  [
    'off, and a page on port 80',
    port80('page', 'it answers with HTTP 200'),
    'fail',
    'it answers with HTTP 200',
  ],
  [
    'off, port 80 redirects',
    port80('redirects', 'to https'),
    'warn',
    'port 80 of vault.corp.example redirects',
  ],
  ['off, port 80 closed', port80('closed', 'nothing listens there'), 'warn', 'is closed'],
  ['off, port 80 unread', { httpsForced: false, plainHttp: gap }, 'unknown', gap.gap.detail],
  ['setting unread', { httpsForced: gap, plainHttp: gap }, 'unknown', gap.gap.detail],
  ['http: configured, whatever the setting', { httpsForced: true }, 'fail', clear, { vaultUrl: clear }],
  ['http: for the scanner, setting unread', { httpsForced: gap }, 'fail', clear, { scannerUrl: clear }],
]);
