import type { Report, ReportedCheck } from '../../src/domain/report.ts';

/** A row that passes, with what differs. */
export function row(id: string, section: string, given: Partial<ReportedCheck> = {}): ReportedCheck {
  return {
    id,
    section,
    title: `The fact of ${id} holds`,
    verdict: 'pass',
    accepted: null,
    finding: null,
    remedy: null,
    because: null,
    gaps: [],
    evidence: [{ source: 'secret-server', fact: 'It was seen', at: '2026-11-24T02:00:00.000Z' }],
    ...given,
  };
}

/** A report in which all is well, with what differs. */
export function report(given: Partial<Report> = {}): Report {
  return {
    schema: 'vaultcheck.report/1',
    runId: 'run-1',
    integration: 'corp',
    subject: { secret: 'scanadmin', secretId: 42 },
    startedAt: '2026-11-24T02:00:00.000Z',
    finishedAt: '2026-11-24T02:00:02.100Z',
    overall: 'pass',
    diagnosis: null,
    proof: {
      level: 'proved',
      at: '2026-11-24T01:14:00.000Z',
      text: 'CORP\\svc-qualys logged in from 10.20.30.40 and viewed the secret 2026-11-24T01:14Z.',
    },
    checks: [
      row('url-resolves', 'reach'),
      row('account-enabled', 'account'),
      row('secret-found', 'secret'),
      row('account-grouped', 'account', {
        verdict: 'skipped',
        because: 'There is one scan account.',
        evidence: [],
      }),
    ],
    calls: { 'secret-server': 11, qualys: 1, directory: 0 },
    ...given,
  };
}

/** The secret is DoubleLocked, and more is wrong beside it. */
export const failing = report({
  overall: 'fail',
  diagnosis: {
    kind: 'cause',
    check: 'secret-doublelock',
    text: 'DoubleLock is on for secret 42 since 2026-11-23T16:02Z (m.weber): nothing can give CORP\\svc-qualys access.',
    next: 'In Secret Server: Secrets › scanadmin › Security › remove DoubleLock, then run the check again.',
    explains: ['secret-viewed'],
  },
  proof: { level: 'none', at: null, text: 'No login from an appliance and no view in the last 7 days.' },
  checks: [
    row('url-resolves', 'reach'),
    row('web-services-enabled', 'reach', {
      verdict: 'unknown',
      evidence: [],
      gaps: [
        {
          source: 'secret-server',
          cause: 'denied',
          detail:
            'The reader may not read the application settings: its role lacks "View Configuration - General".',
        },
      ],
    }),
    row('account-enabled', 'account'),
    row('account-least-privilege', 'account', {
      verdict: 'warn',
      finding: 'CORP\\svc-qualys may "Unlimited Administrator".',
      remedy: 'Admin › Roles: take the permission away.',
      accepted: { reason: 'until the migration', until: '2027-06-30' },
    }),
    row('account-unlocked', 'account', {
      verdict: 'warn',
      finding: 'One more failed login would lock CORP\\svc-qualys (4 of 5).',
      remedy: 'Admin › Users › svc-qualys: reset the count.',
      gaps: [{ source: 'secret-server', cause: 'truncated', detail: 'Its audit has more than 5,000 rows.' }],
    }),
    row('secret-doublelock', 'secret', {
      verdict: 'fail',
      finding: 'DoubleLock is on for secret 42 since 2026-11-23T16:02Z (m.weber).',
      remedy: 'Secrets › scanadmin › Security › remove DoubleLock.',
    }),
    row('secret-viewed', 'secret', {
      verdict: 'fail',
      finding: 'No scan account viewed it since 2026-11-17T02:00Z.',
      remedy: 'Run a scan.',
    }),
    row('password-in-step', 'directory', { verdict: 'skipped', because: 'No directory.', evidence: [] }),
  ],
});
