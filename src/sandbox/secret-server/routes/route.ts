import type { Profile } from '../profile.ts';
import { accessDenied, type Reply } from '../replies.ts';
import { timestamp } from '../timestamps.ts';
import type { User } from '../world/accounts.ts';
import { reaches, rightOnSecret } from '../world/rights.ts';
import type { Secret, SecretRight } from '../world/secrets.ts';
import type { World } from '../world/world.ts';

/** One question of a caller who is logged in and holds the role permission that the route needs. */
export type Ask = {
  world: World;
  profile: Profile;
  caller: User;
  /** Role permissions of the caller. */
  holds: ReadonlySet<string>;
  query: URLSearchParams;
  /** The numbers in the path, in order. */
  ids: number[];
};

export type Answer = (ask: Ask) => Reply;

export type Route = {
  /** Such as `/v1/users/{id}`. */
  path: string;
  /** All role permissions that the caller needs; `needsOne`: any of them. */
  needs?: string[];
  needsOne?: string[];
  /** The generations that have this address; all where absent. */
  generations?: Profile['generation'][];
  answer: Answer;
};

export const filter = (ask: Ask, name: string): string | undefined =>
  ask.query.get(`filter.${name}`) ?? undefined;

export const isOn = (ask: Ask, name: string): boolean => filter(ask, name)?.toLowerCase() === 'true';

export function numberFilter(ask: Ask, name: string): number | undefined {
  const text = filter(ask, name);
  return text === undefined ? undefined : Number(text);
}

export const time = (ask: Ask, at: number | null): string =>
  timestamp(at, ask.profile.timestamps === 'utc' ? 'UTC' : ask.world.settings.timeZone);

/** Answers with the secret of the path when the caller has at least this right on it, and is refused otherwise. */
export function withSecret(needed: SecretRight, answer: (ask: Ask, secret: Secret) => Reply): Answer {
  return (ask) => {
    const secret = ask.world.secrets.find(({ id }) => id === ask.ids[0]);
    const isVisible = secret && reaches(rightOnSecret(ask.world, ask.caller, secret), needed);
    return isVisible ? answer(ask, secret) : accessDenied;
  };
}
