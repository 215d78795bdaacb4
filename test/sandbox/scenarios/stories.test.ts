import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mendAll, startStory, stories } from '../../../src/sandbox/scenarios/stories.ts';
import {
  directoryBefore,
  qualysBefore,
  type Story,
  scanTries,
  vaultBefore,
} from '../../../src/sandbox/scenarios/story.ts';
import { symptoms } from '../../../src/sandbox/scenarios/symptoms.ts';
import { wholeChain } from '../../app/whole-chain.ts';
import { testRedis } from '../../redis.ts';

const redis = testRedis();

async function reportOf(story: Pick<Story, 'arrange'>) {
  await using chain = await wholeChain(redis, {
    vaultWorld: vaultBefore(),
    scannerWorld: (url) => qualysBefore(url),
    directoryWorld: directoryBefore(),
  });
  story.arrange(chain.worlds);
  const [verified] = await chain.verify();
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
    if (story.kind === 'cause') {
      const failing = checks.filter((one) => one.verdict === 'fail').map((one) => one.id);
      expect(new Set(failing)).toEqual(new Set([story.diagnosis, ...story.consequences]));
    }
    const warning = checks.filter((one) => one.verdict === 'warn').map((one) => one.id);
    expect(warning).toEqual(expect.arrayContaining([...(story.warns ?? [])]));
  });

  it('can be told one after the other in the same worlds', async () => {
    await using chain = await wholeChain(redis);
    for (const story of stories.filter(({ name }) => /doublelock|appliance|drift/.test(name))) {
      startStory(chain.worlds, story, chain.vault.url);
      const [verified] = await chain.verify();
      expect(verified?.report.diagnosis?.check).toBe(story.diagnosis);
    }
  });

  it('leave nothing behind when all is mended', async () => {
    await using chain = await wholeChain(redis);
    for (const story of stories) startStory(chain.worlds, story, chain.vault.url);
    mendAll(chain.worlds, chain.vault.url);
    const [verified] = await chain.verify();
    expect(verified?.report).toMatchObject({ overall: 'pass', proof: { level: 'proved' } });
  });

  it('have names of their own, and end in a scan that works when nothing happens', async () => {
    const names = stories.map((one) => one.name);
    expect(new Set(names).size).toBe(names.length);
    expect((await reportOf({ arrange: scanTries })).diagnosis).toBeNull();
  });
});

describe('the nineteen known symptoms', () => {
  const numbers = Array.from({ length: 19 }, (_, index) => index + 1);

  it('are each shown by a story, or said why not', () => {
    expect(symptoms.map(({ number }) => number)).toEqual(numbers);
    const shown = new Set(stories.map(({ symptom }) => symptom));
    for (const { number, notShown } of symptoms)
      expect([number, shown.has(number)]).toEqual([number, !notShown]);
  });

  it('stand in the documentation, with the stories that show them', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../docs/stories.md'), 'utf8');
    for (const { number, told, notShown } of symptoms) {
      const names = stories.filter(({ symptom }) => symptom === number).map(({ name }) => `\`${name}\``);
      expect(text).toContain(`| ${number} | ${told} | ${notShown ?? names.join(', ')} |`);
    }
    for (const { name } of stories) expect(text).toContain(`\`${name}\``);
  });
});
