import { describe, expect, it } from 'vitest';
import { startStory, stories } from '../../../src/sandbox/scenarios/stories.ts';
import { qualysBefore, type Story, scanTries, vaultBefore } from '../../../src/sandbox/scenarios/story.ts';
import { bothEnds } from '../../app/both-ends.ts';

async function reportOf(story: Pick<Story, 'arrange'>) {
  const vaultWorld = vaultBefore();
  await using ends = await bothEnds({ vaultWorld, scannerWorld: (url) => qualysBefore(url) });
  story.arrange({ vault: vaultWorld, scanner: ends.scanner.world });
  const [verified] = await ends.verify();
  if (!verified) throw new Error('verify gave no report');
  return verified.report;
}

describe('stories of a scan that failed', () => {
  it.each(stories.map((story) => [story.name, story] as const))('%s', async (_, story) => {
    const { diagnosis, checks } = await reportOf(story);
    expect(
      diagnosis && { kind: diagnosis.kind, check: diagnosis.check, explains: diagnosis.explains },
    ).toEqual(
      story.diagnosis && {
        kind: story.kind,
        check: story.diagnosis,
        explains: story.consequences,
      },
    );
    const warning = checks.filter((one) => one.verdict === 'warn').map((one) => one.id);
    expect(warning).toEqual(expect.arrayContaining([...(story.warns ?? [])]));
  });

  it('can be told one after the other in the same worlds', async () => {
    await using ends = await bothEnds();
    const worlds = { vault: ends.vault.world, scanner: ends.scanner.world };
    for (const story of stories.filter(({ name }) => /doublelock|appliance-offline/.test(name))) {
      startStory(worlds, story, ends.vault.url);
      const [verified] = await ends.verify();
      expect(verified?.report.diagnosis?.check).toBe(story.diagnosis);
    }
  });

  it('have names of their own, and end in a scan that works when nothing happens', async () => {
    const names = stories.map((one) => one.name);
    expect(new Set(names).size).toBe(names.length);
    expect((await reportOf({ arrange: scanTries })).diagnosis).toBeNull();
  });
});
