import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandTable } from '../../../src/commands/table.ts';
import { about, unwell, well } from '../../../src/domain/doctor/finding.ts';
import { answerView } from '../../../src/slack/render/answer.ts';
import { auditView } from '../../../src/slack/render/audit.ts';
import { batchView } from '../../../src/slack/render/batch.ts';
import { checkModal } from '../../../src/slack/render/check-modal.ts';
import { detailsView, loadingView } from '../../../src/slack/render/details.ts';
import { doctorView } from '../../../src/slack/render/doctor.ts';
import { explainView } from '../../../src/slack/render/explain.ts';
import { helpView } from '../../../src/slack/render/help.ts';
import { historyView } from '../../../src/slack/render/history.ts';
import { menuView } from '../../../src/slack/render/menu.ts';
import { logView, progressView, troubleView } from '../../../src/slack/render/notes.ts';
import { reportView } from '../../../src/slack/render/report.ts';
import { statusView } from '../../../src/slack/render/status.ts';
import { at, auditAnswer, batch, failing, report, reported } from '../fixtures.ts';
import { problemsOf } from '../validate.ts';

const topic = {
  id: 'secret-doublelock',
  section: 'secret',
  title: 'DoubleLock is off',
  why: 'Nothing can give the account access.',
  remedy: 'Remove DoubleLock.',
} as const;
const suggestions = [{ label: 'check scanadmin', words: 'check scanadmin' }];
const entry = {
  at,
  person: 'U0ANA',
  workspace: 'T1',
  channel: 'C0SCANS',
  what: 'check scanadmin',
  allowed: true,
};

/** Form, not lists: each view once. After a wanted change: `npx vitest run -u test/slack/render`. */
const views = {
  'report-pass': reportView(report()),
  'report-fail': reportView(failing),
  'details-fail': detailsView(failing, 0),
  'details-loading': loadingView(),
  audit: auditView(auditAnswer),
  'batch-running': batchView(batch),
  'batch-finished': batchView({ ...batch, total: 3, finishedAt: at }),
  explain: explainView(topic),
  help: helpView(commandTable.slice(0, 2), null, '/vault'),
  'help-topic': helpView(commandTable, 'check', '/vault'),
  menu: menuView({
    specs: commandTable,
    checks: ['check scanadmin'],
    slash: '/vault',
    openIncidents: 2,
  }),
  answer: answerView({ text: 'There is no command "chekc". Did you mean this?', suggestions }),
  progress: progressView(['Secret Server', 'site dmz']),
  trouble: troubleView({ text: 'The check could not be finished.', reference: 'ab12' }),
  log: logView([entry, { ...entry, channel: null, allowed: false, what: 'report.share' }]),
  status: statusView({
    latest: [report(), failing],
    own: {
      findings: about('sites', 'corp', [unwell('fail', 'No probe of the site dmz is alive.', 'Start one.')]),
      queue: { waiting: 3, oldestMs: 90_000 },
      openIncidents: 2,
      lastEvents: [{ integration: 'corp', at: Date.parse(at) }],
    },
    admin: true,
  }),
  'status-blind': statusView({ latest: [], own: null, admin: false }),
  doctor: doctorView([
    ...about('reader', 'corp', [
      unwell('warn', 'The reader lacks View Groups: groups are not seen.', 'Give it View Groups.'),
      well('The reader logs in to Secret Server.'),
    ]),
    ...about('redis', null, [unwell('fail', 'Redis does not answer.', 'Start it.')]),
  ]),
  'doctor-well': doctorView(about('redis', null, [well('It answers.'), well('It has room.')])),
  history: historyView('scanadmin', [failing, failing, report()]),
  'check-modal': checkModal('{"v":1,"channel":"C1","reply":null}'),
};

describe('goldens', () => {
  it.each(Object.entries(views))('%s looks as agreed, and Slack takes it', async (name, view) => {
    expect(problemsOf(view)).toEqual([]);
    const path = join(import.meta.dirname, `../../golden/slack/${name}.golden.json`);
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot(path);
  });
});

describe('the rows of a report', () => {
  it('tell what several rows lack once, and count what is left', () => {
    const gaps = [{ source: 'qualys', cause: 'denied', detail: 'This account has expired.' } as const];
    const lacking = ['a', 'b', 'c'].map((id) => reported(id, 'qualys', { verdict: 'unknown', gaps }));
    const alone = Array.from({ length: 9 }, (_, at) =>
      reported(`alone-${at}`, 'secret', { verdict: 'warn', finding: `Finding ${at}.` }),
    );
    const shown = JSON.stringify(reportView(report({ checks: [...alone, ...lacking] })).blocks);
    expect(shown.match(/This account has expired/g)).toHaveLength(1);
    expect(shown).toContain('The fact of a holds _and 2 more checks_ — This account has expired.');
    expect(shown).toContain('_and 1 more behind Details_');
  });

  it('says once what several rows lack, though one of them lacks more', () => {
    const gap = { source: 'qualys', cause: 'denied', detail: 'This account has expired.' } as const;
    const more = { ...gap, detail: 'Another list is refused too.' };
    const checks = [
      reported('a', 'qualys', { verdict: 'unknown', gaps: [gap] }),
      reported('b', 'qualys', { verdict: 'unknown', gaps: [gap, more] }),
      reported('c', 'qualys', { verdict: 'unknown', gaps: [gap] }),
    ];
    const shown = JSON.stringify(reportView(report({ overall: 'unknown', checks })).blocks);
    expect(shown).toContain('The fact of a holds _and 2 more checks_ — This account has expired.');
    expect(shown.split('This account has expired.')).toHaveLength(2);
  });
});

describe('the first lines of a report', () => {
  const firstLines = (given: Parameters<typeof reportView>[0]) => reportView(given).text.split('\n');

  it('name verdict, secret, integration, cause and next step in the notification', () => {
    expect(firstLines(failing)).toEqual([
      '🔴 scanadmin · corp — the scan cannot get this password',
      'Cause: DoubleLock is on for secret 42 since <!date^1795453320^{date_short_pretty} {time}|2026-11-23 17:02 UTC>: nothing can give svc-qualys access.',
      'Next: In Secret Server: Secrets › scanadmin › Security › remove DoubleLock, then run again.',
    ]);
  });

  it.each([
    ['cause', 'fail', '🔴', 'the scan cannot get this password'],
    ['blind', 'fail', '❔', 'cannot tell whether the scan gets this password'],
    ['advice', 'fail', '⚠️', 'nothing stops the scan, something needs attention'],
  ] as const)('with a diagnosis of kind %s', (kind, overall, sign, words) => {
    const diagnosis = { kind, check: 'x', text: 't', next: 'n', explains: [] };
    expect(firstLines(report({ overall, diagnosis }))[0]).toBe(`${sign} scanadmin · corp — ${words}`);
  });

  it.each([
    ['pass', 'proved', '✅ scanadmin · corp — the scan gets this password'],
    ['pass', 'none', '✅ scanadmin · corp — nothing stops the scan from getting this password'],
    ['warn', 'none', '⚠️ scanadmin · corp — the scan can get this password, something needs attention'],
    ['unknown', 'none', '❔ scanadmin · corp — cannot tell whether the scan gets this password'],
  ] as const)('without a diagnosis, %s and %s', (overall, level, line) => {
    expect(firstLines(report({ overall, proof: { level, at: null, text: 'p' } }))[0]).toBe(line);
  });
});
