import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { diagnose } from '../../src/domain/diagnosis.ts';
import type { GapCause } from '../../src/domain/gap.ts';
import type { ReportedCheck } from '../../src/domain/report.ts';
import { denied } from '../given.ts';

type Verdicts = Record<string, ReportedCheck['verdict'] | 'accepted'>;

/** The whole catalogue passing, but for the rows named. */
function rows(verdicts: Verdicts): ReportedCheck[] {
  return checks.map(({ id, section, title }) => {
    const word = verdicts[id] ?? 'pass';
    const verdict = word === 'accepted' ? 'fail' : word;
    const isFinding = verdict === 'fail' || verdict === 'warn';
    return {
      id,
      section,
      title,
      verdict,
      accepted: word === 'accepted' ? { reason: 'known', until: '2027-01-01' } : null,
      finding: isFinding ? `${id} is broken.` : null,
      remedy: isFinding ? `Mend ${id}.` : null,
      because: null,
      gaps: verdict === 'unknown' ? [denied] : [],
      evidence: [],
    };
  });
}

const diagnosed = (verdicts: Verdicts) => diagnose(rows(verdicts), checks);
const fail = 'fail' as const;

describe('the cause', () => {
  it.each<[string, Verdicts, string, string[]]>([
    ['a single failure', { 'secret-doublelock': fail }, 'secret-doublelock', []],
    [
      'with its consequence',
      { 'secret-doublelock': fail, 'secret-viewed': fail },
      'secret-doublelock',
      ['secret-viewed'],
    ],
    [
      'a later row explains an earlier one',
      { 'reachable-from-appliance': fail, 'account-enabled': fail },
      'account-enabled',
      ['reachable-from-appliance'],
    ],
    [
      'indirect consequences',
      {
        'account-unattended-login': fail,
        'account-unlocked': fail,
        'account-logs-in': fail,
        'secret-viewed': fail,
      },
      'account-unattended-login',
      ['account-unlocked', 'account-logs-in', 'secret-viewed'],
    ],
    [
      'only what failed is a consequence',
      { 'url-resolves': fail, 'port-open': fail, 'account-logs-in': 'warn' },
      'url-resolves',
      ['port-open'],
    ],
    [
      'what lies behind a row that passes is no consequence',
      { 'url-resolves': fail, 'secret-heartbeat': fail },
      'url-resolves',
      [],
    ],
    [
      'the first of several in the order of the catalogue',
      { 'secret-approval': fail, 'account-enabled': fail },
      'account-enabled',
      [],
    ],
    [
      'unknown rows do not matter beside it',
      { 'secret-doublelock': fail, 'url-resolves': 'unknown' },
      'secret-doublelock',
      [],
    ],
    [
      'advice is never the cause',
      { 'account-least-privilege': fail, 'secret-comment': fail },
      'secret-comment',
      [],
    ],
    [
      'an accepted failure is no cause',
      { 'secret-doublelock': 'accepted', 'secret-comment': fail },
      'secret-comment',
      [],
    ],
    [
      'an accepted failure explains nothing',
      { 'account-enabled': 'accepted', 'account-logs-in': fail },
      'account-logs-in',
      [],
    ],
  ])('%s', (_, verdicts, check, explains) => {
    expect(diagnosed(verdicts)).toMatchObject({ kind: 'cause', check, explains });
  });

  it('says what was found and what to do', () => {
    expect(diagnosed({ 'secret-doublelock': fail })).toEqual({
      kind: 'cause',
      check: 'secret-doublelock',
      text: 'secret-doublelock is broken.',
      next: 'Mend secret-doublelock.',
      explains: [],
    });
  });

  it.each<[Verdicts, string]>([
    [{ 'secret-approval': fail }, 'secret-approval is broken.'],
    [
      { 'secret-approval': fail, 'secret-comment': fail, 'secret-doublelock': fail },
      'secret-approval is broken. And 2 more checks.',
    ],
  ])('says what fails apart from it, and how much more', (others, beside) => {
    expect(diagnosed({ 'account-enabled': fail, ...others })?.text).toBe(
      `account-enabled is broken. Failing by itself as well: ${beside}`,
    );
  });
});

describe('blind', () => {
  it.each<[string, Verdicts, string]>([
    ['one unknown', { 'account-logs-in': 'unknown' }, 'account-logs-in'],
    [
      'the first unknown blocking row',
      { 'account-grouped': 'unknown', 'secret-found': 'unknown' },
      'secret-found',
    ],
    [
      'advice that fails does not hide it',
      { 'account-grouped': fail, 'secret-found': 'unknown' },
      'secret-found',
    ],
    [
      'nor does an accepted failure',
      { 'account-enabled': 'accepted', 'secret-found': 'unknown' },
      'secret-found',
    ],
  ])('%s', (_, verdicts, check) => {
    expect(diagnosed(verdicts)).toMatchObject({ kind: 'blind', check, explains: [] });
  });

  it('says what could not be seen, how much more, and what to do', () => {
    expect(diagnosed({ 'secret-found': 'unknown', 'secret-comment': 'unknown' })).toMatchObject({
      text: `No cause was found, but not everything could be seen. “Exactly one active secret has this name” is unknown: ${denied.detail} Unknown as well: 1 more check.`,
      next: `Ask the administrator of Secret Server to give Vaultcheck's own account what it lacks.`,
    });
  });

  it.each<GapCause>([
    ...(['unreachable', 'timed-out', 'denied', 'absent', 'malformed'] as const),
    ...(['failing', 'throttled', 'truncated', 'not-configured'] as const),
  ])('has something to do about %s', (cause) => {
    const [row] = rows({ 'url-resolves': 'unknown' });
    const gaps = [{ ...denied, cause }];
    const answer = diagnose(row ? [{ ...row, gaps }] : [], checks);
    expect(answer?.next).toMatch(/^[A-Z].{30,}\.$/);
  });
});

describe('advice', () => {
  it.each<[string, Verdicts, string, string]>([
    ['that fails', { 'account-grouped': fail }, 'account-grouped', 'Mend account-grouped.'],
    ['that is unknown', { 'secret-viewed': 'unknown' }, 'secret-viewed', 'Ask the administrator'],
    [
      'that fails, before one that is unknown',
      { 'account-least-privilege': 'unknown', 'secret-viewed': fail },
      'secret-viewed',
      'Mend',
    ],
  ])('%s', (_, verdicts, check, next) => {
    const answer = diagnosed(verdicts);
    expect(answer).toMatchObject({ kind: 'advice', check, next: expect.stringContaining(next) });
    expect(answer?.text).toContain('scans get this password');
  });
});

describe('nothing to say', () => {
  it.each<[string, Verdicts]>([
    ['all pass', {}],
    ['only warnings', { 'account-logs-in': 'warn' }],
    ['only an accepted failure', { 'secret-doublelock': 'accepted' }],
    ['only skipped', { 'tls-trusted': 'skipped' }],
  ])('%s', (_, verdicts) => {
    expect(diagnosed(verdicts)).toBeNull();
  });
});
