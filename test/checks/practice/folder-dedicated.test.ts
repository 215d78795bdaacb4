import { folderDedicated } from '../../../src/checks/practice/folder-dedicated.ts';
import { gap, itJudges, secret } from '../../given.ts';

const folder = { folder: '\\Scan Credentials' };
const at = (path: string) => ({ secret: secret(), secretFolder: { path } });

itJudges(folderDedicated, [
  ['no folder configured', at('\\Anywhere'), 'skipped', 'No `folder`'],
  ['in it', at('\\Scan Credentials'), 'pass', 'lies in \\Scan Credentials', folder],
  ['below it', at('\\scan credentials\\Unix'), 'pass', 'lies in \\scan credentials\\Unix', folder],
  ['elsewhere', at('\\Other'), 'warn', 'lies in \\Other, not in \\Scan Credentials', folder],
  ['a folder whose name begins alike', at('\\Scan Credentials 2'), 'warn', 'not in', folder],
  ['above it', at('\\Scan'), 'warn', 'not in', { folder: '\\Scan\\Credentials' }],
  ['in no folder', { secret: secret(), secretFolder: null }, 'warn', 'in no folder', folder],
  ['folder unread', { secret: secret(), secretFolder: gap }, 'unknown', gap.gap.detail, folder],
  ['secret unread', { ...at('\\Scan Credentials'), secret: gap }, 'unknown', gap.gap.detail, folder],
]);
