import { describe, expect, it } from 'vitest';
import {
  parseSavedEvidence,
  replay,
  type SavedEvidence,
  UnreadableEvidence,
} from '../../src/app/saved-evidence.ts';
import { verify } from '../../src/app/verify.ts';
import { checks } from '../../src/checks/index.ts';
import { clock, integrationOf } from './world.ts';

async function saved(): Promise<SavedEvidence> {
  const runs = [{ runId: 'run-1', secret: 'scanadmin' }];
  const common = { deadlineMs: 5000, clock, checks, version: '0.1.0', runs };
  const [one] = await verify({ integration: integrationOf(), ...common });
  if (!one) throw new Error('one run gives one report');
  return one.evidence;
}

type Draft = Record<string, unknown> & { entries: Record<string, Record<string, unknown>> };

/** The document after a change by somebody's hand, and what reading it says. */
async function reading(change: (draft: Draft) => void): Promise<SavedEvidence> {
  const draft = JSON.parse(JSON.stringify(await saved()));
  change(draft);
  return parseSavedEvidence(JSON.stringify(draft));
}

describe('saved evidence', () => {
  it('is read without what a newer version knows beside it', async () => {
    const read = await reading((draft) => {
      draft.entries['moonPhase'] = { value: 'full', source: 'secret-server', at: 1 };
      draft['mood'] = 'good';
    });
    expect(read.entries).not.toHaveProperty('moonPhase');
    expect(replay(read, checks)).toEqual(replay(await saved(), checks));
  });

  it('makes what is missing in it absent, and never a pass', async () => {
    const read = await reading((draft) => {
      delete draft.entries['scanUsers'];
    });
    const row = replay(read, checks).checks.find(({ id }) => id === 'account-enabled');
    expect(row).toMatchObject({ verdict: 'unknown', gaps: [{ source: 'vaultcheck', cause: 'absent' }] });
  });

  it('judges what was changed by hand', async () => {
    const read = await reading((draft) => {
      Object.assign(draft.entries['secret']?.['value'] as object, { doubleLock: true });
    });
    const row = replay(read, checks).checks.find(({ id }) => id === 'secret-doublelock');
    expect(row?.verdict).toBe('fail');
  });

  it('lists all that is wrong, with its place', async () => {
    const wrong = reading((draft) => {
      draft.entries['unlimitedAdministration'] = { value: 'no', source: 'secret-server', at: 1 };
      draft.entries['health'] = { gap: { source: 'the moon', cause: 'denied', detail: 'x' } };
    });
    const message = await wrong.catch((error: UnreadableEvidence) => error.message);
    expect(message).toContain('entries.unlimitedAdministration.value');
    expect(message).toContain('entries.health.gap.source');
  });

  it.each([
    ['', 'not JSON'],
    ['{"schema":"vaultcheck.evid', 'not JSON'],
    ['[]', '- document'],
    ['{"schema":"vaultcheck.report/1"}', '- schema'],
  ])('refuses %j in plain words', (text, words) => {
    expect(() => parseSavedEvidence(text)).toThrow(UnreadableEvidence);
    expect(() => parseSavedEvidence(text)).toThrow(words);
  });
});
