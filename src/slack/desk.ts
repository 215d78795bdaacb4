import type { Permission } from '../commands/command.ts';
import { type Access, type Rights, unsaid } from './access.ts';
import type { Ask } from './ask.ts';
import type { View } from './blocks.ts';
import { digest } from './digest.ts';
import type { KnownNames } from './known.ts';
import type { SlackAppOptions, Timings } from './options.ts';
import { postWords } from './posting.ts';
import { replyWith } from './reply.ts';
import type { SlackWeb } from './web.ts';

/** What every handler works with. */
export type Desk = Pick<
  SlackAppOptions,
  | 'integrations'
  | 'catalogue'
  | 'ownStatus'
  | 'examine'
  | 'producer'
  | 'incidents'
  | 'records'
  | 'telemetry'
  | 'clock'
  | 'log'
> & {
  web: SlackWeb;
  access: Access;
  known: KnownNames;
  timings: Timings;
  /** The slash command's name in this workspace: another app may own the one of the manifest. */
  slash: { name: string };
};

export type Permissions = ReadonlySet<Permission>;

/**
 * Whether somebody may do this, decided now. `what` goes to the command log, refused or not, which is written beside
 * and never waited for.
 */
export async function permitted(
  desk: Desk,
  ask: Ask,
  { need, what }: { need: Permission | null; what: string },
): Promise<{ permissions: Permissions } | { refused: string }> {
  const rights = await desk.access.rightsOf(ask);
  const refused = refusalIn(rights, need);
  void logged(desk, ask, { what, allowed: refused === null });
  if (refused !== null) return { refused };
  return 'permissions' in rights ? rights : { refused: rights.refused };
}

function refusalIn(rights: Rights, need: Permission | null): string | null {
  if ('refused' in rights) return rights.refused;
  if (need === null || rights.permissions.has(need)) return null;
  return rights.unsure.has(need) ? unsaid : refusalOf(need);
}

function refusalOf(need: Permission): string {
  return `You may not do that: the access list "${need}" does not name you, so nothing was started. Ask an admin of Vaultcheck to add you.`;
}

async function logged(
  desk: Desk,
  ask: Ask,
  { what, allowed }: { what: string; allowed: boolean },
): Promise<void> {
  const { person, workspace } = ask;
  const at = new Date(desk.clock()).toISOString();
  try {
    if (!(await firstTime(desk, ask, 'log'))) return;
    const channel = ask.channel === '' ? null : ask.channel;
    await desk.records.commandLog.write({
      at,
      person,
      workspace,
      channel,
      what: what.slice(0, 200),
      allowed,
    });
  } catch {
    desk.log.warn({ person, allowed }, 'A command could not be written to the command log');
  }
}

const sameEnvelopeMs = 10 * 60_000;

/** False when the same envelope came before. With the records away everything is a first time: better twice than never. */
export async function firstTime({ records }: Desk, ask: Ask, what: string): Promise<boolean> {
  const key = `slack-envelope-${digest(ask.workspace, ask.person, ask.trigger, what)}`;
  return records.once.claim(key, sameEnvelopeMs).catch(() => true);
}

/** Words for the person alone: by the response URL, else by direct message. */
export async function tellPrivately(desk: Desk, ask: Ask, view: View): Promise<void> {
  const means = { web: desk.web, once: desk.records.once, now: desk.clock() };
  const replied = await replyWith(ask.reply, view, means).catch(() => ({ outcome: 'gone' as const }));
  if (replied.outcome !== 'sent') await postWords(ask.person, view, desk);
}
