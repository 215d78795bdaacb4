import { defineCheck } from '../../domain/check.ts';
import { liesIn } from '../../domain/folder-path.ts';
import { fact, pass, warn } from '../../domain/verdict.ts';

export const folderDedicated = defineCheck({
  id: 'folder-dedicated',
  section: 'practice',
  title: 'The secret lies in the dedicated folder',
  why: 'With one folder for all scan credentials the permission is given once, and nothing else can be read with it.',
  remedy: 'Move the secret into the dedicated folder (secret > General > Folder).',
  blocking: false,
  needs: ['secret', 'secretFolder'],
  exempt: ({ settings }) => (settings.folder === null ? 'No `folder` is configured.' : null),
  judge({ secret, secretFolder }, { settings }) {
    const name = `“${secret.name}” (id ${secret.id})`;
    const where = secretFolder === null ? 'in no folder' : `in ${secretFolder.path}`;
    const seen = fact('secretFolder', `${name} lies ${where}`);
    if (secretFolder && settings.folder !== null && liesIn(secretFolder.path, settings.folder))
      return pass(seen);
    return warn(`${name} lies ${where}, not in ${settings.folder}.`, [seen]);
  },
});
