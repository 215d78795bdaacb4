import type { AuditAnswer, AuditLine } from '../../src/domain/audit.ts';
import type { Batch } from '../../src/domain/batch.ts';
import type { Report, ReportedCheck } from '../../src/domain/report.ts';

export const at = '2026-11-24T09:12:00.000Z';

export function reported(id: string, section: string, more: Partial<ReportedCheck> = {}): ReportedCheck {
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
    evidence: [{ source: 'secret-server', fact: `Seen for ${id}`, at }],
    ...more,
  };
}

export function report(more: Partial<Report> = {}): Report {
  return {
    schema: 'vaultcheck.report/1',
    runId: 'run-1',
    integration: 'corp',
    subject: { secret: 'scanadmin', secretId: 42 },
    startedAt: '2026-11-24T09:11:57.900Z',
    finishedAt: at,
    overall: 'pass',
    diagnosis: null,
    proof: {
      level: 'proved',
      at,
      text: 'svc-qualys logged in and viewed it at 2026-11-24T03:14Z.',
    },
    checks: [
      reported('url-resolves', 'reach'),
      reported('account-enabled', 'account'),
      reported('secret-found', 'secret'),
      reported('secret-doublelock', 'secret', { title: 'DoubleLock is off' }),
    ],
    calls: { 'secret-server': 11 },
    ...more,
  };
}

export const failing: Report = report({
  overall: 'fail',
  diagnosis: {
    kind: 'cause',
    check: 'secret-doublelock',
    text: 'DoubleLock is on for secret 42 since 2026-11-23T17:02Z: nothing can give svc-qualys access.',
    next: 'In Secret Server: Secrets › scanadmin › Security › remove DoubleLock, then run again.',
    explains: ['secret-viewed'],
  },
  proof: { level: 'none', at: null, text: 'None since 2026-11-21T03:14Z.' },
  checks: [
    reported('url-resolves', 'reach'),
    reported('account-least-privilege', 'account', {
      title: 'It may only read',
      verdict: 'warn',
      finding: 'svc-qualys has the role permission Edit Secret.',
      accepted: { reason: 'needed for rotation', until: '2027-06-30' },
    }),
    reported('account-logs-in', 'account', {
      title: 'It logs in from the appliance',
      verdict: 'unknown',
      evidence: [],
      gaps: [{ source: 'secret-server', cause: 'denied', detail: 'The user audit needs View User Audit.' }],
    }),
    reported('secret-doublelock', 'secret', {
      title: 'DoubleLock is off',
      verdict: 'fail',
      finding: 'DoubleLock is on since 2026-11-23T17:02Z.',
      remedy: 'Remove DoubleLock from the secret.',
    }),
    reported('secret-heartbeat', 'secret', {
      title: 'Its password works on the target',
      verdict: 'skipped',
      because: 'Heartbeat is disabled.',
      evidence: [],
    }),
    reported('secret-viewed', 'secret', {
      title: 'The scan account has viewed it',
      verdict: 'fail',
      finding: 'Not viewed since 2026-11-21T03:14Z.',
      remedy: 'Mend the cause first.',
    }),
  ],
});

export const auditLine: AuditLine = {
  at,
  action: 'VIEW',
  who: 'CORP\\svc-qualys',
  from: '10.20.30.40',
  secret: 'scanadmin',
  notes: 'web service',
  source: 'secret-audit',
};

export const auditAnswer: AuditAnswer = {
  auditId: 'audit-1',
  integration: 'corp',
  subject: { kind: 'secret', name: 'scanadmin' },
  since: '2026-11-17T09:12:00.000Z',
  lines: [auditLine, { ...auditLine, from: null, secret: null, notes: '', action: 'LOGIN' }],
  gaps: ['The user audit could not be read: it needs View User Audit.'],
};

export const batch: Batch = {
  batchId: 'batch-1',
  startedAt: at,
  finishedAt: null,
  total: 5,
  rows: [
    { integration: 'corp', secret: 'fine', runId: 'r1', overall: 'pass', text: null },
    { integration: 'corp', secret: 'meh', runId: 'r2', overall: 'warn', text: 'Certificate ends soon.' },
    { integration: 'lab', secret: 'broken', runId: 'r3', overall: 'fail', text: 'DoubleLock is on.' },
  ],
  problems: [],
  unwatched: [
    { integration: 'corp', count: 2 },
    { integration: 'lab', count: null },
  ],
};
