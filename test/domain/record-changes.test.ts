import { describe, expect, it } from 'vitest';
import { hourMs, minuteMs } from '../../src/domain/instant.ts';
import { proofOf } from '../../src/domain/proof.ts';
import { blind, record, records, vaultRecords, withQualys } from '../checks/qualys/given.ts';
import { at, bookOf, context, type Given, loginRow, perAccount, qualys, user, viewRow } from '../given.ts';

/** A login two hours ago and a view an hour ago: proved, unless Qualys tells of a later edit. */
const of = (more: Given = {}): Given => ({
  scanUsers: perAccount([qualys, user()]),
  scanUserAudits: perAccount([qualys, [loginRow({ at: at - 2 * hourMs })]]),
  secretAudit: [viewRow({ at: at - hourMs })],
  readerSeenFrom: { address: '10.0.0.5' },
  vaultRecords: vaultRecords({}),
  authenticationRecords: records([record()]),
  ...more,
});
const lately = at - 1.5 * hourMs;

const lines: [name: string, given: Given, level: string, says: string][] = [
  ['edits long ago', of(), 'proved', 'viewed'],
  [
    'the vault record edited since',
    of({ vaultRecords: vaultRecords({ lastModified: lately }) }),
    'partial',
    'the vault record “Corp” of Qualys',
  ],
  [
    'the authentication record edited since',
    of({ authenticationRecords: records([record({ lastModified: lately })]) }),
    'partial',
    'the authentication record “Windows hosts” of Qualys',
  ],
  [
    'a record whose secret is not told',
    of({ authenticationRecords: records([record({ secretName: null })]) }),
    'partial',
    'Qualys does not tell which secret “Windows hosts” fetches.',
  ],
  [
    'a record of another secret edited since',
    of({ authenticationRecords: records([record(), record({ secretName: 'x', lastModified: lately })]) }),
    'proved',
    'viewed',
  ],
  [
    'the vault record of another account edited since',
    of({ vaultRecords: vaultRecords({}, { username: 'old', lastModified: lately }) }),
    'proved',
    'viewed',
  ],
  [
    'the vault record of another server edited since',
    of({ vaultRecords: vaultRecords({}, { url: 'https://x.example', lastModified: lately }) }),
    'proved',
    'viewed',
  ],
  [
    'an edit within minutes before the login, by another clock',
    of({ vaultRecords: vaultRecords({ lastModified: at - 2 * hourMs - 3 * minuteMs }) }),
    'partial',
    'came within minutes of the last change',
  ],
  [
    'an edit well before the login',
    of({ vaultRecords: vaultRecords({ lastModified: at - 2 * hourMs - 6 * minuteMs }) }),
    'proved',
    'viewed',
  ],
  [
    'a vault record whose edit is not told',
    of({ vaultRecords: vaultRecords({ lastModified: null }) }),
    'partial',
    'Qualys does not tell when “Corp” was last edited.',
  ],
  [
    'an authentication record whose edit is not told',
    of({ authenticationRecords: records([record({ lastModified: null })]) }),
    'partial',
    'Qualys does not tell when “Windows hosts” was last edited.',
  ],
  ['vault records unread', of({ vaultRecords: { gap: blind } }), 'partial', blind.detail],
  ['authentication records unread', of({ authenticationRecords: { gap: blind } }), 'partial', blind.detail],
  [
    'a record type unread',
    of({ authenticationRecords: records([record()], blind) }),
    'partial',
    blind.detail,
  ],
  [
    'the only vault record unread',
    of({ vaultRecords: vaultRecords({ unread: blind }) }),
    'partial',
    blind.detail,
  ],
  [
    'another vault record unread',
    of({ vaultRecords: vaultRecords({}, { unread: blind }) }),
    'proved',
    'viewed',
  ],
];

describe('edits of the records of Qualys', () => {
  it.each(lines)('%s', (_, given, level, says) => {
    expect(proofOf(bookOf(given), context(withQualys()))).toMatchObject({
      level,
      text: expect.stringContaining(says),
    });
  });

  it('say nothing where no Qualys is configured', () => {
    const given = of({ vaultRecords: vaultRecords({ lastModified: lately }) });
    expect(proofOf(bookOf(given), context()).level).toBe('proved');
  });
});
