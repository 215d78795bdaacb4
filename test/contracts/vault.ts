import { describe, expect, it } from 'vitest';
import { type GapCause, GapError } from '../../src/domain/gap.ts';
import type { OpenVault, Vault } from '../../src/ports/vault.ts';
import { textsOf } from './secrets-in-errors.ts';

/** How a vault misbehaves from now on, to everything but a login. */
export type VaultFailure =
  | 'hanging'
  | 'failing'
  | 'throttled'
  | 'web-page'
  | 'half-body'
  | 'wrong-types'
  | 'null-fields'
  | 'denied'
  | 'cut';

/** A real server of some vendor with a healthy world behind it, made for one test, and the adapter in front of it. */
export type VaultPlace = {
  open: OpenVault;
  /** What the world holds: one active secret in a folder, read by a scan account of one group. */
  names: { secret: string; account: string; group: string; folder: string };
  fail(how: VaultFailure): void;
  /** The server forgets the reader's token: `ended` says so politely, `unknown` does not know it. */
  dropToken(how: 'ended' | 'unknown'): void;
  refuseLogin(): void;
  /** Seen by the server. */
  seen(): { logins: number; requests: number; connections: number; mostAtOnce: number; forbidden: unknown[] };
  /** What must appear nowhere: the password and all tokens. */
  sealed(): string[];
  /** The most requests at once that the adapter was allowed. */
  concurrency: number;
  [Symbol.asyncDispose](): Promise<void>;
};

type Ids = { user: number; group: number; role: number; secret: number; folder: number };

/** Every question that needs a login. */
export const questions: Readonly<
  Record<string, (vault: Vault, ids: Ids, place: VaultPlace) => Promise<unknown>>
> = {
  self: (vault) => vault.self(),
  configuration: (vault) => vault.configuration(),
  unlimitedAdministration: (vault) => vault.unlimitedAdministration(),
  accountsNamed: (vault, _, { names }) => vault.accountsNamed(names.account),
  usersNamed: (vault, _, { names }) => vault.usersNamed(names.account),
  groupsOf: (vault, { user }) => vault.groupsOf(user),
  rolesOf: (vault, { user }) => vault.rolesOf(user),
  permissionsOf: (vault, { role }) => vault.permissionsOf(role),
  restrictionsOfUser: (vault, { user }) => vault.restrictionsOfUser(user),
  restrictionsOfGroup: (vault, { group }) => vault.restrictionsOfGroup(group),
  auditOfUser: (vault, { user }) => vault.auditOfUser(user, { since: 0 }),
  groupsNamed: (vault, _, { names }) => vault.groupsNamed(names.group),
  secretsNamed: (vault, _, { names }) => vault.secretsNamed(names.secret),
  secretsIn: (vault, { folder }) => vault.secretsIn(folder),
  folderAt: (vault, _, { names }) => vault.folderAt(names.folder),
  folder: (vault, { folder }) => vault.folder(folder),
  accessOfSecret: (vault, { secret }) => vault.accessOfSecret(secret),
  accessOfFolder: (vault, { folder }) => vault.accessOfFolder(folder),
  approvalRule: (vault, { secret }) => vault.approvalRule(secret),
  commentRule: (vault, { secret }) => vault.commentRule(secret),
  checkOutState: (vault, { secret }) => vault.checkOutState(secret),
  auditOfSecret: (vault, { secret }) => vault.auditOfSecret(secret, { since: 0 }),
  auditOfFolder: (vault, { folder }) => vault.auditOfFolder(folder, { since: 0 }),
  eventSubscriptions: (vault) => vault.eventSubscriptions(),
  peopleOf: (vault, { group }, { names }) =>
    vault.peopleOf({ groupId: group, name: names.group, isGroup: true }),
  inboxRules: (vault) => vault.inboxRules(),
};

/** Null fields of a configuration say "not told"; everything else must not be taken for an answer. */
const mayBeNull = ['configuration'];

function aRun(signal = new AbortController().signal) {
  let sent = 0;
  return {
    signal,
    sent() {
      sent += 1;
    },
    count: () => sent,
  };
}

async function idsIn({ open, names }: VaultPlace): Promise<Ids> {
  const vault = open(aRun());
  const [secret] = await vault.secretsNamed(names.secret);
  const [user] = await vault.usersNamed(names.account);
  const [group] = await vault.groupsNamed(names.group);
  const [role] = await vault.rolesOf(user?.id ?? 0);
  const folder = await vault.folderAt(names.folder);
  if (!secret || !user || !group || !role || !folder)
    throw new Error('the world of the contract is not whole');
  return { secret: secret.id, user: user.id, group: group.id, role: role.id, folder: folder.id };
}

/** How each question ends. */
async function endsOf(place: VaultPlace, ids: Ids, signal?: AbortSignal) {
  const asked = Object.entries(questions).map(async ([name, ask]) => {
    const ended = await ask(place.open(aRun(signal)), ids, place).then(
      (value): unknown => ({ value }),
      (error: unknown) => error,
    );
    return { name, ended };
  });
  return Promise.all(asked);
}

const causeOf = (ended: unknown) => (ended instanceof GapError ? ended.gap.cause : ended);

/** What any vault must do, whoever made it. */
export function vaultContract(name: string, place: () => Promise<VaultPlace>): void {
  describe(`the vault contract: ${name}`, () => {
    it('answers every question of a healthy world, and sends nothing that is forbidden', async () => {
      await using given = await place();
      const ends = await endsOf(given, await idsIn(given));
      expect(ends.filter(({ ended }) => ended instanceof Error)).toEqual([]);
      expect(given.seen().forbidden).toEqual([]);
    });

    it('tells what is not there', async () => {
      await using given = await place();
      const vault = given.open(aRun());
      expect(await vault.secretsNamed('no such secret')).toEqual([]);
      expect(await vault.usersNamed('no.such.user')).toEqual([]);
      expect(await vault.groupsNamed('no such group')).toEqual([]);
      expect(await vault.folderAt('\\No\\Such folder')).toBeNull();
      await expect(vault.folder(987_654)).rejects.toMatchObject({ gap: { cause: 'denied' } });
      await expect(vault.checkOutState(987_654)).rejects.toMatchObject({ gap: { cause: 'denied' } });
    });

    it.each<[VaultFailure, GapCause]>([
      ['hanging', 'timed-out'],
      ['failing', 'failing'],
      ['throttled', 'throttled'],
      ['web-page', 'malformed'],
      ['half-body', 'malformed'],
      ['wrong-types', 'malformed'],
      ['null-fields', 'malformed'],
      ['denied', 'denied'],
      ['cut', 'unreachable'],
    ])(
      'answers no question of a server that is %s, and says %s',
      { timeout: 60_000 },
      async (failure, cause) => {
        await using given = await place();
        const ids = await idsIn(given);
        given.fail(failure);
        const ends = (await endsOf(given, ids)).filter(
          (one) => failure !== 'null-fields' || !mayBeNull.includes(one.name),
        );
        expect(ends.map(({ name, ended }) => [name, causeOf(ended)])).toEqual(
          ends.map(({ name }) => [name, cause]),
        );
        for (const { ended } of ends) {
          expect((ended as GapError).gap.detail).toMatch(/^[A-Z].*[.!?…]$/);
          const texts = textsOf(ended).join('\n');
          expect(given.sealed().filter((secret) => texts.includes(secret))).toEqual([]);
        }
      },
    );

    it('gives up at the deadline of the run', async () => {
      await using given = await place();
      const ids = await idsIn(given);
      given.fail('hanging');
      const deadline = new AbortController();
      const ends = endsOf(given, ids, deadline.signal);
      await expect.poll(() => given.seen().mostAtOnce).toBeGreaterThan(0);
      deadline.abort();
      expect((await ends).map(({ ended }) => causeOf(ended))).toEqual(
        Object.keys(questions).map(() => 'timed-out'),
      );
    });

    it.each(['ended', 'unknown'] as const)('logs in once more when its token is %s', async (how) => {
      await using given = await place();
      const ids = await idsIn(given);
      expect(given.seen().logins).toBe(1);
      given.dropToken(how);
      const ends = await endsOf(given, ids);
      expect(ends.filter(({ ended }) => ended instanceof Error)).toEqual([]);
      expect(given.seen().logins).toBe(2);
    });

    it('never tries a refused password again, in whatever run', async () => {
      await using given = await place();
      given.refuseLogin();
      expect(await given.open(aRun()).signIn()).toMatchObject({ state: 'refused', remembered: false });
      expect(await given.open(aRun()).signIn()).toMatchObject({ state: 'refused', remembered: true });
      const ids = { user: 1, group: 1, role: 1, secret: 1, folder: 1 };
      const ends = await endsOf(given, ids);
      expect(new Set(ends.map(({ ended }) => causeOf(ended)))).toEqual(new Set(['denied']));
      expect(given.seen().logins).toBe(1);
      const texts = ends.flatMap(({ ended }) => textsOf(ended)).join('\n');
      expect(given.sealed().filter((secret) => texts.includes(secret))).toEqual([]);
    });

    it('keeps its connections and never has more than it may', async () => {
      await using given = await place();
      const ids = await idsIn(given);
      for (let round = 0; round < 5; round += 1) await endsOf(given, ids);
      const { requests, connections, mostAtOnce } = given.seen();
      expect(requests).toBeGreaterThan(100);
      expect(connections).toBeLessThanOrEqual(given.concurrency);
      expect(mostAtOnce).toBeLessThanOrEqual(given.concurrency);
      expect(mostAtOnce).toBeGreaterThan(1);
    });

    it('counts every request that leaves, logins included', async () => {
      await using given = await place();
      const run = aRun();
      const vault = given.open(run);
      await Promise.all([vault.health(), vault.soapDescription(), vault.usersNamed(given.names.account)]);
      expect(run.count()).toBe(given.seen().requests);
    });
  });
}
