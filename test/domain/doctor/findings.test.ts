import { describe, expect, it } from 'vitest';
import {
  type ChannelState,
  type ChatState,
  chatFindings,
  unheardFindings,
} from '../../../src/domain/doctor/chat.ts';
import type { Said } from '../../../src/domain/doctor/finding.ts';
import { type ReaderState, readerFindings } from '../../../src/domain/doctor/reader.ts';
import { redisFindings, type StoreState } from '../../../src/domain/doctor/redis.ts';
import {
  clockFindings,
  directoryFindings,
  qualysFindings,
  siteFindings,
} from '../../../src/domain/doctor/sources.ts';
import type { GapCause } from '../../../src/domain/gap.ts';
import { minuteMs } from '../../../src/domain/instant.ts';
import { at } from '../../given.ts';

const missing = (cause: GapCause) => ({
  gap: { source: 'vaultcheck' as const, cause, detail: `It was ${cause}.` },
});
const notWell = (all: readonly Said[]) =>
  all.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skipped');

/** What is not well, as `verdict: text`; each with its remedy. */
function told(all: readonly Said[]): string[] {
  for (const one of notWell(all)) expect(one.remedy).toMatch(/\w/);
  return notWell(all).map(({ verdict, text }) => `${verdict}: ${text}`);
}

describe('Redis', () => {
  const good: StoreState = {
    shown: 'redis://h:1',
    version: '7',
    evictionPolicy: 'noeviction',
    persistent: true,
    usedBytes: 10,
    maxMemoryBytes: 100,
    unread: { incidents: 0, effects: 0 },
  };
  it.each<[string, Partial<StoreState>, RegExp | null]>([
    ['all is well', {}, null],
    ['no limit', { maxMemoryBytes: 0, usedBytes: null }, null],
    ['it evicts, with a limit', { evictionPolicy: 'allkeys-lru' }, /^fail: .*allkeys-lru/],
    [
      'it would evict, without a limit',
      { evictionPolicy: 'allkeys-lru', maxMemoryBytes: 0 },
      /^warn: .*allkeys-lru/,
    ],
    ['its policy is not told', { evictionPolicy: null }, /^unknown: .*maxmemory-policy/],
    ['nothing is written', { persistent: false }, /^warn: .*lost when it stops/],
    ['whether it is written is not told', { persistent: null }, /^unknown: /],
    ['it is nearly full', { usedBytes: 80 }, /^warn: 80% of its memory/],
    ['what is stored is not told', { unread: null }, null],
    [
      'another version stored something',
      { unread: { incidents: 2, effects: 1 } },
      /^fail: Another version of Vaultcheck stored 2 open incidents and 1 pending message, which/,
    ],
    ['how full it is is not told', { usedBytes: null }, /^unknown: /],
  ])('%s', (_, changed, text) => {
    const found = told(redisFindings({ known: { ...good, ...changed } }));
    expect(found).toEqual(text === null ? [] : [expect.stringMatching(text)]);
  });

  it('is a failure when it is away, and left out when there is none', () => {
    expect(told(redisFindings(missing('unreachable')))).toEqual([
      expect.stringMatching(/^fail: .*unreachable/),
    ]);
    expect(redisFindings(null)).toMatchObject([{ verdict: 'skipped' }]);
  });
});

describe('Slack', () => {
  const channel = (state: ChannelState['state']): ChannelState => ({
    id: 'C1',
    where: 'slack.alerts',
    state,
    detail: 'd',
  });
  const good: ChatState = {
    team: 'Corp',
    missing: [],
    optional: [],
    socket: { known: true },
    channels: [channel('member')],
  };
  it.each<[string, Partial<ChatState>, RegExp | null]>([
    ['all is well', {}, null],
    ['a scope is missing', { missing: [{ scope: 'im:write', use: 'u' }] }, /^fail: .*lacks im:write/],
    ['scopes are not told', { missing: null }, /^unknown: .*scopes/],
    ['an optional scope is not granted', { optional: [{ scope: 'im:history', use: 'u' }] }, null],
    ['no app token is set', { socket: null }, null],
    ['the app token is refused', { socket: missing('denied') }, /^fail: No socket to Slack can be opened/],
    ['the app token is held up', { socket: missing('throttled') }, /^unknown: No socket/],
    ['the bot is not in a channel', { channels: [channel('not-member')] }, /^fail: .*not in the channel C1/],
    ['a channel is archived', { channels: [channel('archived')] }, /^fail: .*archived/],
    ['a channel is not there', { channels: [channel('absent')] }, /^fail: .*does not exist/],
    ['a channel may not be looked at', { channels: [channel('unasked')] }, null],
    ['a channel was not told of', { channels: [channel('unseen')] }, /^unknown: .*C1/],
  ])('%s', (_, changed, text) => {
    const found = told(chatFindings({ known: { ...good, ...changed } }));
    expect(found).toEqual(text === null ? [] : [expect.stringMatching(text)]);
  });

  it('names the integrations whose incidents have no channel, with what to set', () => {
    expect(unheardFindings([])).toEqual([]);
    expect(unheardFindings(['corp', 'lab'])).toEqual([
      {
        verdict: 'warn',
        text: expect.stringContaining('corp, lab are told in no channel'),
        remedy: expect.stringContaining('slack.alerts'),
      },
    ]);
  });

  it('is a failure when the token is refused, and left out without one', () => {
    expect(told(chatFindings(missing('denied')))).toEqual([expect.stringMatching(/^fail/)]);
    expect(told(chatFindings(missing('throttled')))).toEqual([expect.stringMatching(/^unknown/)]);
    expect(chatFindings(null)).toMatchObject([{ verdict: 'skipped' }]);
  });
});

describe('the reader', () => {
  const all = [
    'View Secret',
    'View Secret Audit',
    'View Users',
    'Unrestricted by Teams',
    'View Roles',
    'ViewGroups',
    'View IP Addresses',
    'View Folders',
    'View Configuration',
    'View Configuration Security',
    'View Configuration Unlimited Admin',
    'View Event Subscriptions',
  ];
  const accepted = { known: { state: 'accepted' as const, text: null, remembered: false } };
  const good: ReaderState = { login: accepted, permissions: { known: all }, bare: { known: [] } };
  const holding = (...more: string[]) => ({ permissions: { known: [...all, ...more] } });

  it.each<[string, Partial<ReaderState>, RegExp | null]>([
    ['all is well', {}, null],
    [
      'a login that is refused',
      { login: { known: { state: 'refused', text: 'Login failed.', remembered: true } } },
      /^fail: .*Login failed\..*not tried again/,
    ],
    ['no way to the vault', { login: missing('unreachable') }, /^fail: .*unreachable/],
    ['permissions that cannot be read', { permissions: missing('malformed') }, /^unknown: /],
    [
      'one that it lacks',
      { permissions: { known: all.filter((one) => one !== 'View Roles') } },
      /^warn: .*lacks View Roles/,
    ],
    [
      'teams that hide users from it',
      { permissions: { known: all.filter((one) => one !== 'Unrestricted by Teams') } },
      /^warn: .*lacks Unrestricted by Teams: users of teams .* look as if they did not exist/,
    ],
    ['View Launcher Password', holding('View Launcher Password'), /^fail: .*View Launcher Password/],
    ['Edit Secret', holding('EditSecret'), /^fail: .*EditSecret/],
    ['Own Secret', holding('Own Secret'), /^fail: .*Own Secret/],
    ['Administer Users', holding('Administer Users'), /^fail: .*Administer Users/],
    ['Unlimited Administrator', holding('Unlimited Administrator'), /^fail: .*Unlimited Administrator/],
    ['Web Services Impersonate', holding('Web Services Impersonate'), /^fail: .*Impersonate/],
    ['a view of more', holding('View Reports', 'View Administer Things'), null],
    [
      'a bare secret that it sees into',
      { bare: { known: [{ name: 'a', readable: true }] } },
      /^warn: .*without a launcher: a\./,
    ],
    ['a bare secret that it may only list', { bare: { known: [{ name: 'a', readable: false }] } }, null],
    [
      'a bare secret that nobody can tell of',
      { bare: { known: [{ name: 'a', readable: null }] } },
      /^unknown: .*: a\./,
    ],
    ['watched secrets that cannot be listed', { bare: missing('denied') }, /^fail: /],
  ])('%s', (_, changed, text) => {
    const found = told(readerFindings({ ...good, ...changed }));
    expect(found).toEqual(text === null ? [] : [expect.stringMatching(text)]);
  });
});

describe('what it asks', () => {
  it.each([qualysFindings, directoryFindings])('is well, away, silent or not configured: %o', (findings) => {
    expect(told(findings({ known: 1 }))).toEqual([]);
    expect(told(findings(missing('denied')))).toEqual([expect.stringMatching(/^fail/)]);
    expect(told(findings(missing('timed-out')))).toEqual([expect.stringMatching(/^unknown/)]);
    expect(findings(null)).toMatchObject([{ verdict: 'skipped' }]);
  });

  it('names dead sites, with since when', () => {
    const alive = { site: 'a', health: { known: { alive: [{ version: '1' }], lastSeen: at } } };
    const dead = { site: 'b', health: { known: { alive: [], lastSeen: at } } };
    const never = { site: 'c', health: { known: { alive: [], lastSeen: null } } };
    expect(
      told(
        siteFindings(
          ['a', 'b', 'c', 'd'],
          [alive, dead, never, { site: 'd', health: missing('unreachable') }],
        ),
      ),
    ).toEqual([
      'fail: No probe of the site b is alive: the last sign of one was at 2026-11-24T02:00Z.',
      'fail: No probe of the site c is alive: none has ever been heard of.',
      expect.stringMatching(/^fail: The site d/),
    ]);
    expect(siteFindings(['a'], null)).toMatchObject([{ verdict: 'skipped' }]);
    expect(siteFindings([], null)).toMatchObject([{ verdict: 'skipped' }]);
  });

  it('names clocks that are off, and which way', () => {
    const clocks = [
      { whose: 'Redis', aheadMs: 5 * minuteMs },
      { whose: 'the vault', aheadMs: -5 * minuteMs },
      { whose: 'the directory', aheadMs: minuteMs },
    ];
    expect(told(clockFindings(clocks))).toEqual([
      'warn: The clock of Redis is 5 minutes ahead of this one.',
      'warn: The clock of the vault is 5 minutes behind this one.',
    ]);
    expect(told(clockFindings(clocks.slice(2)))).toEqual([]);
    expect(clockFindings([])).toMatchObject([{ verdict: 'skipped' }]);
  });
});
