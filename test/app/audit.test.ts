import { describe, expect, it } from 'vitest';
import { audit, subjectsNamed } from '../../src/app/audit.ts';
import { AuditAnswer, type AuditSubject } from '../../src/domain/audit.ts';
import { dayMs, hourMs, minuteMs } from '../../src/domain/instant.ts';
import {
  clock,
  integrationOf,
  now,
  refused,
  secret,
  secretRow,
  silent,
  user,
  userRow,
  type World,
} from './world.ts';

const ask = (subject: AuditSubject, world: World = {}, deadlineMs = 5000) =>
  audit({ auditId: 'a1', integration: integrationOf(world), subject, sinceMs: 7 * dayMs, clock, deadlineMs });

const ofSecret: AuditSubject = { kind: 'secret', name: 'scanadmin' };
const ofAccount: AuditSubject = { kind: 'account', name: 'CORP\\svc-qualys' };
const iso = (at: number) => new Date(at).toISOString();

describe('the audit of a secret', () => {
  it('says who viewed it, newest first, in UTC', async () => {
    const offsetMs = hourMs;
    const rows = [
      secretRow(now + offsetMs - 2 * hourMs, { username: '', displayName: 'Jane' }),
      secretRow(now + offsetMs - hourMs, { notes: `  first line\n${'x'.repeat(500)}` }),
      secretRow(now + offsetMs - 8 * dayMs),
    ];
    const answer = await ask(ofSecret, {
      offsetMs,
      vault: { auditOfSecret: async () => ({ rows, cut: false }) },
    });
    expect(AuditAnswer.safeParse(answer).error?.issues).toBeUndefined();
    expect(answer.lines.map(({ at, who }) => [at, who])).toEqual([
      [iso(now - hourMs), 'CORP\\svc-qualys'],
      [iso(now - 2 * hourMs), 'Jane'],
    ]);
    expect(answer.lines[0]?.notes).toMatch(/^first line x+…$/);
    expect(answer.lines[0]?.notes.length).toBeLessThanOrEqual(300);
    expect(answer).toMatchObject({ gaps: [], lines: [{ from: null, secret: 'scanadmin' }, {}] });
  });

  it('reads the active one, and the inactive one only where none is active', async () => {
    const found = [secret(1, 'scanadmin', { active: false }), secret(2, 'scanadmin'), secret(3, 'ScanAdmin')];
    const asked: string[] = [];
    await ask(ofSecret, { asked, vault: { secretsNamed: async () => found } });
    expect(asked.filter((one) => one.startsWith('auditOfSecret'))).toEqual([
      expect.stringContaining('auditOfSecret 2 '),
    ]);
  });
});

describe('the audit of an account', () => {
  it('says from where it logged in', async () => {
    const answer = await ask(ofAccount);
    expect(answer.lines).toEqual([
      {
        at: iso(now - dayMs),
        action: 'Login',
        who: 'CORP\\svc-qualys',
        from: '10.20.30.40',
        secret: null,
        notes: '',
        source: 'user-audit',
      },
    ]);
  });

  it('means every domain when none is named', async () => {
    const vault = {
      usersNamed: async () => [user(2, 'svc-qualys'), user(3, 'svc-qualys', { domain: null })],
      auditOfUser: async (id: number) => ({ rows: [userRow(now - id * minuteMs)], cut: false }),
    };
    const settings = { timeZone: 'UTC' };
    expect((await ask({ kind: 'account', name: 'svc-qualys' }, { vault, settings })).lines).toHaveLength(2);
    expect((await ask(ofAccount, { vault, settings })).lines).toHaveLength(1);
  });
});

describe('what an audit could not read stands in it', () => {
  it.each<[string, AuditSubject, World, string]>([
    ['a refusal', ofSecret, { vault: { auditOfSecret: refused } }, 'It was denied.'],
    ['no such secret', ofSecret, { vault: { secretsNamed: async () => [] } }, 'No secret named "scanadmin"'],
    ['no such account', ofAccount, { vault: { usersNamed: async () => [] } }, 'no user CORP\\svc-qualys'],
    [
      'a cut trail',
      ofSecret,
      { vault: { auditOfSecret: async () => ({ rows: [], cut: true }) } },
      'older ones are missing',
    ],
  ])('%s', async (_, subject, world, words) => {
    const answer = await ask(subject, world);
    expect(answer).toMatchObject({ lines: [], gaps: [expect.stringContaining(words)] });
  });

  it('silence, at the deadline', async () => {
    const answer = await ask(ofSecret, { vault: { secretsNamed: silent } }, 20);
    expect(answer.gaps).toEqual([expect.stringContaining('waited for')]);
  });
});

describe('what a name means', () => {
  it.each<[string, World, string[]]>([
    ['svc-qualys', {}, ['secret', 'account']],
    ['scanadmin', {}, ['secret']],
    ['svc-qualys', { vault: { secretsNamed: async () => [] } }, ['account']],
    ['nothing', { vault: { secretsNamed: async () => [] } }, []],
    ['svc-qualys', { vault: { secretsNamed: refused } }, ['account']],
  ])('%s', async (name, world, kinds) => {
    const found = await subjectsNamed(integrationOf(world), name, { clock, deadlineMs: 5000 });
    expect(found.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('is not known where nobody answers', async () => {
    const integration = integrationOf({ vault: { secretsNamed: refused, usersNamed: refused } });
    await expect(subjectsNamed(integration, 'x', { clock, deadlineMs: 5000 })).rejects.toThrow('denied');
  });
});
