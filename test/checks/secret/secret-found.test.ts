import { secretFound } from '../../../src/checks/secret/secret-found.ts';
import type { SecretMatches } from '../../../src/domain/evidence/secret.ts';
import { gap, itJudges, secret } from '../../given.ts';

const yes = { known: true };
const no = { known: false };
type Match = SecretMatches['matches'][number];
const match = (fields: Parameters<typeof secret>[0] = {}, listed: Match['listed'] = yes): Match => ({
  summary: secret(fields),
  listed,
});
const of = (matches: Match[], folderSeen: SecretMatches['folderSeen'] = null) => ({
  secretMatches: { matches, folderSeen },
});
const other = { id: 43, folderPath: '\\Old' };
const folder = { folder: '\\Scan Credentials' };

itJudges(secretFound, [
  ['exactly one', of([match()]), 'pass', '“scanadmin”, id 42 in \\Scan Credentials, is active'],
  [
    'in a folder that an older version names by its id alone',
    of([match({ folderPath: null, folderId: 7 })]),
    'pass',
    'id 42 in folder 7',
  ],
  ['in no folder', of([match({ folderPath: null, folderId: null })]), 'pass', 'id 42 in no folder'],
  ['one, beside an inactive one', of([match(), match({ ...other, active: false })]), 'pass', 'id 42'],
  [
    'several',
    of([match(), match(other)]),
    'fail',
    '2 active secrets are called “scanadmin”: id 42 in \\Scan Credentials; id 43 in \\Old.',
  ],
  [
    'several, and another one unread',
    of([match(), match(other), match({ id: 44 }, gap)]),
    'fail',
    '2 active secrets',
  ],
  [
    'a namesake that nobody sees',
    of([match(), match(other, no)]),
    'warn',
    'no scan account sees: id 43 in \\Old.',
  ],
  [
    'one that differs in case only',
    of([match(), match({ ...other, name: 'ScanAdmin' })]),
    'warn',
    'differs in case only: “ScanAdmin”, id 43',
  ],
  [
    'one that differs in case only, inactive',
    of([match(), match({ ...other, name: 'ScanAdmin', active: false })]),
    'pass',
    'id 42',
  ],
  [
    'both kinds of namesake',
    of([match(), match(other, no), match({ id: 44, name: 'ScanAdmin' })]),
    'warn',
    'no scan account sees: id 43 in \\Old. Another active secret differs',
  ],
  ['whether it is listed is unread', of([match({}, gap)]), 'unknown', gap.gap.detail],
  ['one, and a second that is unread', of([match(), match(other, gap)]), 'unknown', gap.gap.detail],
  [
    'it is there, but no scan account lists it',
    of([match({}, no)]),
    'fail',
    'No scan account can see “scanadmin”: id 42',
  ],
  ['only inactive ones', of([match({ active: false })]), 'fail', 'only as an inactive secret: id 42'],
  [
    'none, and the folder is seen',
    of([], yes),
    'fail',
    'although the reader can see \\Scan Credentials',
    folder,
  ],
  [
    'none in this spelling',
    of([match({ name: 'ScanAdmin' })], yes),
    'fail',
    'Names compare exactly; there is “ScanAdmin”',
    folder,
  ],
  [
    'none, and the folder is not seen',
    of([], no),
    'unknown',
    'renamed, deleted, or not shared with the reader',
    folder,
  ],
  ['none, and whether the folder is seen is unread', of([], gap), 'unknown', gap.gap.detail, folder],
  ['none, and no folder is configured', of([]), 'unknown', 'renamed, deleted, or not shared'],
  ['search unread', { secretMatches: gap }, 'unknown', gap.gap.detail],
]);
