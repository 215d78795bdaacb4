import { randomBytes } from 'node:crypto';
import type { User } from './world/accounts.ts';
import type { World } from './world/world.ts';

type Session = { userId: number; expiresAt: number };

/** The bearer tokens handed out. A token that ran out or was ended answers 403, one that never was 401. */
export type Sessions = {
  /** Every token ever issued, so that a test can look for them in what must not hold them. */
  tokens: string[];
  open(user: User): { token: string; lifeSeconds: number };
  holder(token: string | undefined): User | 'expired' | 'unknown';
  end(token: string): void;
  /** All tokens run out now: the next use answers 403. */
  expireAll(): void;
  /** All tokens are forgotten, as after a restart: the next use answers 401. */
  forgetAll(): void;
};

export function openSessions(world: World): Sessions {
  const sessions = new Map<string, Session>();
  const tokens: string[] = [];
  return {
    tokens,
    open(user) {
      const token = `token-${world.canary}-${randomBytes(12).toString('hex')}`;
      const lifeSeconds = world.settings.tokenLifeSeconds;
      sessions.set(token, { userId: user.id, expiresAt: world.now() + lifeSeconds * 1000 });
      tokens.push(token);
      return { token, lifeSeconds };
    },
    holder(token) {
      const session = token === undefined ? undefined : sessions.get(token);
      if (!session) return 'unknown';
      const user = world.users.find(({ id, enabled }) => id === session.userId && enabled);
      return user && session.expiresAt > world.now() ? user : 'expired';
    },
    end: (token) => expire(sessions.get(token)),
    expireAll: () => {
      for (const session of sessions.values()) expire(session);
    },
    forgetAll: () => sessions.clear(),
  };
}

function expire(session: Session | undefined): void {
  if (session) session.expiresAt = 0;
}
