import { z } from 'zod';
import type { Permission } from '../commands/command.ts';
import { minuteMs } from '../domain/instant.ts';
import type { AccessLists, Granted } from './options.ts';
import type { SlackWeb } from './web.ts';

/** Whether a list names somebody; `unsaid` when a group of it could not be read. */
type Named = 'yes' | 'no' | 'unsaid';

/** A person as the request names them. */
export type Asker = { person: string; workspace: string };

/** What somebody may do, or in a sentence why nothing. */
export type Rights =
  | {
      permissions: ReadonlySet<Permission>;
      /** Lists that name a group which could not be read: the person may be in it. */
      unsure: ReadonlySet<Permission>;
    }
  | { refused: string };

export type Access = {
  /** Asked when acting, never remembered with a message. Answers within the time-out; never rejects. */
  rightsOf(asker: Asker): Promise<Rights>;
};

type AccessOptions = {
  lists: AccessLists;
  web: Pick<SlackWeb, 'call'>;
  /** The workspace that the bot is installed in. */
  home: () => string;
  now: () => number;
  timeoutMs: number;
};

const all = ['check', 'incidents', 'admin'] as const satisfies readonly Permission[];
const Person = z.looseObject({
  user: z.looseObject({
    team_id: z.string(),
    deleted: z.boolean().default(false),
    is_bot: z.boolean().default(false),
    is_restricted: z.boolean().default(false),
    is_ultra_restricted: z.boolean().default(false),
    is_stranger: z.boolean().default(false),
  }),
});
const Members = z.looseObject({ users: z.array(z.string()) });

/**
 * Who may do what. People who are named, alone or through a group, may what the list says. `anyone` means every
 * ordinary member of the workspace: guests, bots and people of other workspaces are refused unless named.
 */
export function slackAccess({ lists, web, home, now, timeoutMs }: AccessOptions): Access {
  const facts = remembered(now, async (id: string) => {
    const read = await web.call('users.info', { user: id }, Person);
    return read.ok ? read.data.user : null;
  });
  const members = remembered(now, async (id: string) => {
    const read = await web.call('usergroups.users.list', { usergroup: id }, Members);
    return read.ok ? read.data.users : null;
  });

  async function named(granted: Granted, person: string): Promise<Named> {
    if (granted === 'anyone') return 'no';
    if (granted.includes(person)) return 'yes';
    const groups = await Promise.all(granted.filter((id) => id.startsWith('S')).map((id) => members(id)));
    if (groups.some((group) => group?.includes(person))) return 'yes';
    return groups.includes(null) ? 'unsaid' : 'no';
  }

  async function rightsOf({ person, workspace }: Asker): Promise<Rights> {
    const [names, why] = await Promise.all([
      Promise.all(all.map((permission) => named(lists[permission], person))),
      workspace === home() ? strangeness(await facts(person), home()) : otherWorkspace,
    ]);
    if (why !== null && !names.includes('yes')) return { refused: names.includes('unsaid') ? unsaid : why };
    const may = all.filter((one, at) => names[at] === 'yes' || (why === null && open(lists[one])));
    return { permissions: new Set(may), unsure: new Set(all.filter((_, at) => names[at] === 'unsaid')) };
  }

  return { rightsOf: (asker) => within(timeoutMs, rightsOf(asker)) };
}

const otherWorkspace =
  'You belong to another workspace. Ask an admin of Vaultcheck to name you in its access lists.';
export const unsaid = 'Slack did not say in time who you are, so nothing was started. Try again in a moment.';

function open(granted: Granted): boolean {
  return granted === 'anyone' || granted.includes('anyone');
}

/** Why somebody is no ordinary member; null when they are one. */
function strangeness(user: z.infer<typeof Person>['user'] | null, home: string): string | null {
  if (user === null) return unsaid;
  if (user.is_stranger || user.team_id !== home) return otherWorkspace;
  if (user.is_bot || user.deleted) return 'Only people of this workspace may use Vaultcheck.';
  if (!user.is_restricted && !user.is_ultra_restricted) return null;
  return 'Guests may not use Vaultcheck unless they are named. Ask an admin of Vaultcheck to add you.';
}

async function within(timeoutMs: number, rights: Promise<Rights>): Promise<Rights> {
  const timer: { id?: NodeJS.Timeout } = {};
  const late = new Promise<Rights>((resolve) => {
    timer.id = setTimeout(() => resolve({ refused: unsaid }), timeoutMs);
  });
  return Promise.race([rights, late]).finally(() => clearTimeout(timer.id));
}

const freshMs = 5 * minuteMs;
/** When Slack cannot be asked, what it said within the last hour still counts. */
const staleMs = 60 * minuteMs;
const keptAtMost = 5000;

/** Answers of Slack, asked again after five minutes. null: never known. */
function remembered<T>(
  now: () => number,
  ask: (id: string) => Promise<T | null>,
): (id: string) => Promise<T | null> {
  const kept = new Map<string, { value: T; at: number }>();
  return async (id) => {
    const before = kept.get(id);
    if (before && now() - before.at < freshMs) return before.value;
    const value = await ask(id);
    if (value === null) return before && now() - before.at < staleMs ? before.value : null;
    if (kept.size >= keptAtMost) kept.clear();
    kept.set(id, { value, at: now() });
    return value;
  };
}
