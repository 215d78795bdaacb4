import { describe, expect, it } from 'vitest';
import { enrich } from '../../../src/app/incidents/enrich.ts';
import { observe } from '../../../src/app/incidents/observe.ts';
import type { Cause, Incident } from '../../../src/domain/incident.ts';
import type { HappeningSeen } from '../../../src/domain/observation.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { changePassword } from '../../../src/sandbox/directory/changes.ts';
import { simulateDirectory } from '../../../src/sandbox/directory/simulator.ts';
import { corpDirectory, healthyDirectory } from '../../../src/sandbox/directory/world.ts';
import { vaultRecordEdited } from '../../../src/sandbox/qualys/world/happenings.ts';
import { corpQualys } from '../../../src/sandbox/qualys/world/healthy.ts';
import { corp, healthyWorld } from '../../../src/sandbox/secret-server/world/healthy.ts';
import { applianceLogsIn, failLogins } from '../../../src/sandbox/secret-server/world/logins.ts';
import { changeAccountPassword, restrictAccount } from '../../../src/sandbox/secret-server/world/people.ts';
import { elsewhere, happening } from '../../incidents.ts';
import { bothEnds } from '../both-ends.ts';
import { directoryFrom } from '../simulated-directory.ts';
import { incidentWorld } from './memory.ts';

const { administrator: jane, scanAccount, applianceAddress } = corp;
const stranger = elsewhere.address;

/** All three systems, and the incidents in memory. */
async function rig(settings: Partial<Settings> = {}) {
  const world = healthyWorld();
  const directory = await simulateDirectory({ world: healthyDirectory() });
  const ends = await bothEnds({
    vaultWorld: world,
    settings: {
      ...settings,
      directory: { url: directory.url, baseDn: directory.world.baseDn, accounts: {} },
    },
  });
  ends.integration.sources.directory = directoryFrom(directory);
  const { tools, clock } = incidentWorld();
  clock.now = Date.now;
  return {
    ...ends,
    world,
    directory,
    async enriched(...seen: HappeningSeen[]): Promise<Incident> {
      for (const one of seen) await observe(tools, one);
      const [incident] = await tools.incidents.list({ states: ['open'], limit: 1 });
      if (!incident) throw new Error('nothing opened');
      await enrich(tools, ends.integration, { incidentId: incident.id, deadlineMs: 5_000 });
      const after = await tools.incidents.load(incident.id);
      if (!after?.cause || !after.breaks) throw new Error('not enriched');
      return after;
    },
    async [Symbol.asyncDispose]() {
      await ends[Symbol.asyncDispose]();
      await directory.close();
    },
  };
}
type Rig = Awaited<ReturnType<typeof rig>>;

/** A look at `at` of the real time: the worlds run by it. */
const locked = (fields: Partial<HappeningSeen> = {}) =>
  happening('account-locked', { at: Date.now(), seenAt: Date.now(), ...fields });
const failed = (fields: Partial<HappeningSeen> = {}) =>
  happening('login-failed', { at: Date.now(), seenAt: Date.now(), ...fields });

/** What happened in the worlds, and what was observed of it. */
const stories = {
  'changed in Secret Server': (it: Rig) => {
    changeAccountPassword(it.world, jane, scanAccount);
    failLogins(it.world, scanAccount, applianceAddress, 3);
    return [failed(), locked()];
  },
  'changed in the directory': (it: Rig) => {
    changePassword(it.directory.world, corpDirectory.scanAccount);
    failLogins(it.world, scanAccount, applianceAddress, 3);
    return [failed(), locked()];
  },
  'left out by the restriction': (it: Rig) => {
    restrictAccount(it.world, jane, scanAccount, ['10.99.0.0/16']);
    return [failed(), locked()];
  },
  'another client': (it: Rig) => {
    restrictAccount(it.world, jane, scanAccount, []);
    applianceLogsIn(it.world, scanAccount, stranger);
    failLogins(it.world, scanAccount, stranger, 3);
    return [failed(elsewhere), locked()];
  },
  'strange addresses': (it: Rig) => {
    restrictAccount(it.world, jane, scanAccount, []);
    failLogins(it.world, scanAccount, stranger, 2);
    failLogins(it.world, scanAccount, '192.0.2.8', 2);
    return [failed(elsewhere), locked()];
  },
  'a name that does not exist': () => [
    happening('login-unknown-user', {
      ...failed(),
      kind: 'login-unknown-user',
      details: 'CORP\\svc-qualis',
    }),
  ],
  'failures that nothing explains': (it: Rig) => {
    failLogins(it.world, scanAccount, applianceAddress, 2);
    return [failed(), locked()];
  },
} as const;
type Story = keyof typeof stories;

/** What cannot be read. */
const missing = {
  nothing: () => {},
  Qualys: (it: Rig) => it.scanner.switches.set('/api/2.0/fo/vault/', { kind: 'code', code: 2011 }),
  'its audit': (it: Rig) => it.vault.switches.set('/api/v1/users/{id}/audit', { kind: 'html' }),
  'the users': (it: Rig) => it.vault.switches.set('/api/v1/users', { kind: 'html' }),
  'the restrictions': (it: Rig) => {
    it.vault.switches.set('/api/v1/users/{id}/ipaddress-restrictions', { kind: 'html' });
  },
  'the directory': (it: Rig) => {
    it.directory.switches.failure = 'refuse';
  },
} as const;
type Missing = keyof typeof missing;

type Row = [Story, Missing, Cause['id'], Cause['confidence'], RegExp];

const rows: readonly Row[] = [
  ['changed in Secret Server', 'nothing', 'stale-qualys-record', 'high', /last edited before that/],
  ['changed in Secret Server', 'Qualys', 'stale-qualys-record', 'medium', /last edited is not known/],
  ['changed in Secret Server', 'its audit', 'stale-qualys-record', 'medium', /could not be read/],
  ['changed in Secret Server', 'the users', 'unknown', 'low', /users/],
  ['changed in Secret Server', 'the restrictions', 'stale-qualys-record', 'high', /changed in Secret Server/],
  ['changed in Secret Server', 'the directory', 'stale-qualys-record', 'high', /changed in Secret Server/],
  ['changed in the directory', 'nothing', 'stale-qualys-record', 'high', /changed in the directory/],
  ['changed in the directory', 'Qualys', 'stale-qualys-record', 'medium', /last edited is not known/],
  ['changed in the directory', 'the users', 'stale-qualys-record', 'medium', /could not be read/],
  ['changed in the directory', 'the directory', 'unknown', 'low', /directory/],
  ['left out by the restriction', 'nothing', 'address-blocked', 'high', /allows 10\.99\.0\.0\/16/],
  ['left out by the restriction', 'Qualys', 'address-blocked', 'high', /leaves out 10\.20\.30\.40/],
  ['left out by the restriction', 'its audit', 'address-blocked', 'high', /leaves out 10\.20\.30\.40/],
  ['left out by the restriction', 'the restrictions', 'unknown', 'low', /ipaddress-restrictions/],
  ['another client', 'nothing', 'other-client', 'high', /logged in from there before/],
  ['another client', 'Qualys', 'other-client', 'high', /no appliance's address/],
  ['another client', 'its audit', 'unknown', 'low', /audit/],
  ['strange addresses', 'nothing', 'guessing', 'high', /2 addresses not seen .* last 7 days/],
  ['strange addresses', 'the directory', 'guessing', 'high', /2 addresses/],
  ['strange addresses', 'its audit', 'unknown', 'low', /audit/],
  ['a name that does not exist', 'nothing', 'mistyped-record', 'high', /svc-qualis/],
  ['a name that does not exist', 'the users', 'mistyped-record', 'high', /svc-qualis/],
  ['failures that nothing explains', 'nothing', 'unknown', 'low', /Looked at: 2 failed logins/],
  ['failures that nothing explains', 'its audit', 'unknown', 'low', /^(?!.*Looked at)/s],
  ['failures that nothing explains', 'Qualys', 'unknown', 'low', /2011/],
];

describe('the probable cause, as the three systems tell it', () => {
  it.each(rows)('%s, and %s cannot be read: %s (%s)', async (...row) => {
    const [story, gone, id, confidence, says] = row;
    await using given = await rig();
    const seen = stories[story](given);
    missing[gone](given);
    const { cause } = await given.enriched(...seen);
    expect(cause).toMatchObject({ id, confidence });
    expect(cause?.evidence.join('\n')).toMatch(says);
    expect(cause?.next).not.toBe('');
  });

  it('says of the unknown all that was looked at', async () => {
    await using given = await rig();
    const { cause } = await given.enriched(...stories['failures that nothing explains'](given));
    const told = cause?.evidence.join('\n');
    for (const looked of [
      /failed logins in the audit/,
      /password was last changed/,
      /vault record/,
      /restriction/,
    ])
      expect(told).toMatch(looked);
  });

  it('without addresses takes nothing from addresses, and says so', async () => {
    await using given = await rig({ appliances: [] });
    const unknown = { origin: 'unknown', appliance: null } as const;
    restrictAccount(given.world, jane, scanAccount, []);
    failLogins(given.world, scanAccount, stranger, 3);
    const { cause } = await given.enriched(failed({ ...unknown, address: stranger }), locked());
    expect(cause?.id).toBe('unknown');
    expect(cause?.evidence.join()).toContain("No appliance's address is configured");
  });

  it('tells nobody to let in an address of which nobody knows whose it is', async () => {
    await using given = await rig({ appliances: [] });
    failLogins(given.world, scanAccount, stranger, 3);
    const unknown = { origin: 'unknown', appliance: null, address: stranger } as const;
    const { cause } = await given.enriched(failed(unknown), locked());
    expect(cause).toMatchObject({ id: 'address-blocked', confidence: 'medium' });
    expect(cause?.next).toMatch(/^If 192\.0\.2\.7 is an appliance of yours/);
  });

  it('is looked for again, and what was mended is the cause no more', async () => {
    await using given = await rig();
    const seen = stories['changed in Secret Server'](given);
    expect((await given.enriched(...seen)).cause?.id).toBe('stale-qualys-record');
    vaultRecordEdited(given.scanner.world, corpQualys.vault, { modifiedAt: Date.now() + 60_000 });
    expect((await given.enriched()).cause?.id).toBe('unknown');
  });

  it('tells what it breaks, and what of that could not be read', async () => {
    await using given = await rig();
    const { breaks } = await given.enriched(...stories['changed in Secret Server'](given));
    expect(breaks).toMatchObject({ secrets: [corp.secret], unread: [] });
    expect(breaks?.scans.length).toBeGreaterThan(0);
    await using other = await rig();
    const seen = stories['changed in Secret Server'](other);
    missing.Qualys(other);
    const { breaks: partly } = await other.enriched(...seen);
    expect(partly?.secrets).toEqual([corp.secret]);
    expect(partly?.unread.join()).toContain('2011');
  });
});
