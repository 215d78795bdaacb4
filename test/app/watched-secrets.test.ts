import { describe, expect, it } from 'vitest';
import { nothingWatched, watchedSecrets } from '../../src/app/watched-secrets.ts';
import { clock, integrationOf, refused, type World } from './world.ts';

const watched = (world: World) => watchedSecrets(integrationOf(world), { clock, deadlineMs: 5000 });

describe('watched secrets', () => {
  it.each<[string, World, unknown]>([
    ['a list, and no folder', {}, { names: ['scanadmin'], unwatched: 0 }],
    [
      'a list, and a folder with one more',
      { settings: { folder: '\\Scan' } },
      { names: ['scanadmin'], unwatched: 1 },
    ],
    [
      'a list, and a folder that cannot be read',
      { settings: { folder: '\\Scan' }, vault: { secretsIn: refused } },
      { names: ['scanadmin'], unwatched: null },
    ],
    [
      'a list, and a folder that is not there',
      { settings: { folder: '\\Scan' }, vault: { folderAt: async () => null } },
      { names: ['scanadmin'], unwatched: null },
    ],
    [
      'the active ones of the folder',
      { settings: { folder: '\\Scan', secrets: 'folder' } },
      { names: ['other', 'scanadmin'], unwatched: 0 },
    ],
  ])('%s', async (_, world, expected) => {
    expect(await watched(world)).toEqual(expected);
  });

  it.each<[string, World, string]>([
    [
      'the folder is not there',
      { settings: { folder: '\\Scan', secrets: 'folder' }, vault: { folderAt: async () => null } },
      '\\Scan',
    ],
    ['no folder is configured', { settings: { secrets: 'folder' } }, 'no folder is configured'],
  ])('throws a gap when %s', async (_, world, words) => {
    await expect(watched(world)).rejects.toThrow(words);
  });
});

describe('an integration without a secret to check', () => {
  const lab = { integration: 'lab', folder: '\\Scan' };

  it('is told where its folder holds none', () => {
    expect(nothingWatched({ ...lab, secrets: 'folder' }, [])).toBe(
      'lab: the reader sees no secret in the folder \\Scan, so nothing of it was checked.',
    );
  });

  it('is nothing to tell where the folder holds some, or a list says which', () => {
    expect(nothingWatched({ ...lab, secrets: 'folder' }, ['scanadmin'])).toBeNull();
    expect(nothingWatched({ ...lab, secrets: [] }, [])).toBeNull();
  });
});
