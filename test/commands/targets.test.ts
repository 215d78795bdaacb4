import { describe, expect, it } from 'vitest';
import { topicOf } from '../../src/commands/explain.ts';
import { type Known, targetsOf } from '../../src/commands/targets.ts';

const one: Known = { integrations: ['corp'], secrets: [{ integration: 'corp', secret: 'scanadmin' }] };
const two: Known = {
  integrations: ['corp', 'lab'],
  secrets: [
    { integration: 'corp', secret: 'scanadmin' },
    { integration: 'corp', secret: 'both' },
    { integration: 'lab', secret: 'both' },
    { integration: 'lab', secret: 'both' },
  ],
};
const ask = (secret: string, integration: string | null = null) =>
  ({ secret, integration, audience: 'person' }) as const;

describe('targetsOf', () => {
  it('takes the integrations whose lists hold the name, each once', () => {
    expect(targetsOf(ask('scanadmin'), two)).toEqual({ targets: [two.secrets[0]], hint: null });
    expect(targetsOf(ask('both'), two)).toEqual({
      targets: [
        { integration: 'corp', secret: 'both' },
        { integration: 'lab', secret: 'both' },
      ],
      hint: null,
    });
  });

  it('takes the integration that is named, without case', () => {
    expect(targetsOf(ask('both', 'LAB'), two)).toEqual({
      targets: [{ integration: 'lab', secret: 'both' }],
      hint: null,
    });
  });

  it('checks a name that no list holds where only one integration is, and offers the nearest', () => {
    expect(targetsOf(ask('scanadmim'), one)).toEqual({
      targets: [{ integration: 'corp', secret: 'scanadmim' }],
      hint: {
        text: 'No list holds "scanadmim": it is checked as you wrote it. Did you mean one of these?',
        suggestions: [{ label: 'check scanadmin', words: 'check scanadmin' }],
      },
    });
  });

  it('says nothing of lists where no name of the integration is known yet', () => {
    const folder: Known = { ...two, secrets: two.secrets.filter(({ integration }) => integration !== 'lab') };
    expect(targetsOf(ask('anything', 'lab'), folder)).toEqual({
      targets: [{ integration: 'lab', secret: 'anything' }],
      hint: null,
    });
  });

  it('compares names exactly', () => {
    expect(targetsOf(ask('ScanAdmin'), one)).toMatchObject({
      targets: [{ integration: 'corp', secret: 'ScanAdmin' }],
      hint: { suggestions: [{ words: 'check scanadmin' }] },
    });
  });

  it('asks where, when no list holds the name and there are several integrations', () => {
    const found = targetsOf(ask('scanadmn'), two);
    expect(found).toMatchObject({
      answer: {
        suggestions: [
          { words: 'check scanadmin' },
          { label: 'Check it anyway in corp', words: 'check scanadmn in corp' },
          { label: 'Check it anyway in lab', words: 'check scanadmn in lab' },
        ],
      },
    });
  });

  it('says which integrations there are', () => {
    expect(targetsOf(ask('x', 'crop'), two)).toMatchObject({
      answer: {
        text: 'There is no integration "crop". Known are: corp.',
        suggestions: [{ words: 'check x in corp' }],
      },
    });
    expect(targetsOf(ask('x'), { integrations: [], secrets: [] })).toHaveProperty('answer');
  });
});

describe('topicOf', () => {
  const catalogue = [
    { id: 'secret-doublelock', section: 'secret', title: 't', why: 'w', remedy: 'r' },
    { id: 'secret-found', section: 'secret', title: 't', why: 'w', remedy: 'r' },
  ] as const;

  it('finds a check, or offers what is like it', () => {
    expect(topicOf('secret-found', catalogue)).toEqual({ topic: catalogue[1] });
    expect(topicOf('secret-doubleloc', catalogue)).toMatchObject({
      answer: { suggestions: [{ words: 'explain secret-doublelock' }] },
    });
    expect(topicOf('nonsense', catalogue)).toMatchObject({ answer: { suggestions: [] } });
    expect(topicOf(null, catalogue)).toMatchObject({
      answer: { text: expect.stringContaining('secret-found') },
    });
  });
});
