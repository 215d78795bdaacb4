import type { Gap } from '../gap.ts';
import { plural } from '../instant.ts';
import type { Told } from '../told.ts';
import { leftOut, type Said, unseen, unwell, well } from './finding.ts';

/** What Redis says of itself. `null` where it does not tell; `usedBytes` of `maxMemoryBytes` (0: no limit). */
export type StoreState = {
  shown: string;
  version: string | null;
  evictionPolicy: string | null;
  persistent: boolean | null;
  usedBytes: number | null;
  maxMemoryBytes: number;
  /** What lies there of another version of Vaultcheck and cannot be read by this one; null where that is not known. */
  unread: { incidents: number; effects: number } | null;
};

/** Above this share of its memory a day of much work may fill it. */
const fullFrom = 0.8;

export function redisFindings(store: Told<StoreState> | null): Said[] {
  if (store === null)
    return [leftOut('REDIS_URL is not set: `start` uses a private Redis, and this run has none.')];
  if ('gap' in store) return [unseen('Redis cannot be used', store.gap, wayIn(store.gap))];
  const { shown, version } = store.known;
  return [
    well(`Redis answers at ${shown}${version ? `, version ${version}` : ''}.`),
    eviction(store.known),
    persistence(store.known),
    memory(store.known),
    ...foreign(store.known),
  ];
}

/** A Redis that refuses is running: starting it would change nothing. */
function wayIn({ cause }: Gap): string {
  return cause === 'denied'
    ? 'Put the right user and password into REDIS_URL (redis://user:password@host:6379). That user needs all commands on the keys {vaultcheck}*.'
    : 'Start Redis, or correct the address in REDIS_URL.';
}

/** They are not lost: a worker of that version shows them. */
function foreign({ unread }: StoreState): Said[] {
  if (unread === null || unread.incidents + unread.effects === 0) return [];
  const { incidents, effects } = unread;
  const what = [
    ...(incidents > 0 ? [plural(incidents, 'open incident')] : []),
    ...(effects > 0 ? [plural(effects, 'pending message')] : []),
  ].join(' and ');
  const text = `Another version of Vaultcheck stored ${what}, which this version cannot read: they wait for it.`;
  return [unwell('fail', text, 'Run the same, newest version of Vaultcheck everywhere.')];
}

function eviction({ evictionPolicy, maxMemoryBytes }: StoreState): Said {
  if (evictionPolicy === 'noeviction') return well('It drops nothing when it is full (noeviction).');
  if (evictionPolicy === null)
    return {
      verdict: 'unknown',
      text: 'Redis does not tell its maxmemory-policy.',
      remedy: 'See that it is noeviction.',
    };
  const text = `Its maxmemory-policy is ${evictionPolicy}: when it is full it drops jobs and incidents without a word.`;
  return unwell(maxMemoryBytes > 0 ? 'fail' : 'warn', text, 'Set maxmemory-policy noeviction.');
}

function persistence({ persistent }: StoreState): Said {
  if (persistent) return well('What it holds is written to disk.');
  if (persistent === null)
    return {
      verdict: 'unknown',
      text: 'Redis does not tell whether it writes to disk.',
      remedy: 'See that appendonly is on.',
    };
  return unwell('warn', 'What it holds is lost when it stops.', 'Turn persistence on: appendonly yes.');
}

function memory({ usedBytes, maxMemoryBytes }: StoreState): Said {
  if (maxMemoryBytes === 0) return well('It has no memory limit of its own.');
  if (usedBytes === null)
    return {
      verdict: 'unknown',
      text: 'Redis does not tell how much memory it uses.',
      remedy: 'Look at INFO memory.',
    };
  const percent = Math.round((100 * usedBytes) / maxMemoryBytes);
  if (usedBytes < fullFrom * maxMemoryBytes) return well(`${percent}% of its memory is in use.`);
  const remedy = 'Give Redis more memory, or shorten `keep` in the configuration.';
  return unwell('warn', `${percent}% of its memory is in use: once it is full nothing is stored.`, remedy);
}
