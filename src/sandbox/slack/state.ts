import { channels, groups, people } from './people.ts';
import type { Call, Channel, Delivery, Message, Person, PersonGroup, View } from './shapes.ts';

/** The scopes that a least-privilege install holds; history is optional and off, as in the real app. */
export const defaultScopes: readonly string[] = [
  'commands',
  'chat:write',
  'users:read',
  'users:read.email',
  'usergroups:read',
  'im:write',
  'channels:read',
  'groups:read',
];

/** Everything a workspace remembers. Whoever changes it calls `changed`, which wakes pages and waiting tests. */
export interface State {
  /** Milliseconds since 1970, like Date.now. */
  readonly clock: () => number;
  readonly people: Map<string, Person>;
  readonly channels: Map<string, Channel>;
  readonly groups: readonly PersonGroup[];
  /** In order of their ts. */
  readonly messages: Message[];
  /** Open modals, oldest first: what is on top is last. */
  readonly modals: View[];
  readonly homes: Map<string, View>;
  readonly scopes: Set<string>;
  readonly calls: Call[];
  readonly deliveries: Delivery[];
  /** Unique and increasing: the clock, or one microsecond after the last. */
  nextTs(): string;
  nextId(prefix: string): string;
  changed(): void;
  /** Returns how to stop listening. */
  onChange(listener: () => void): () => void;
}

export function newState(
  clock: () => number,
  scopes: readonly string[],
  more: readonly Person[] = [],
): State {
  const listeners = new Set<() => void>();
  return {
    clock,
    people: new Map([...people, ...more].map((person) => [person.id, person])),
    channels: new Map(channels().map((channel) => [channel.id, channel])),
    groups,
    messages: [],
    modals: [],
    homes: new Map(),
    scopes: new Set(scopes),
    calls: [],
    deliveries: [],
    ...counters(clock),
    changed: () => {
      for (const listener of [...listeners]) listener();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function counters(clock: () => number): Pick<State, 'nextTs' | 'nextId'> {
  let lastMicros = 0;
  let lastId = 0;
  return {
    nextTs: () => {
      lastMicros = Math.max(Math.floor(clock()) * 1000, lastMicros + 1);
      const seconds = Math.floor(lastMicros / 1_000_000);
      return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
    },
    nextId: (prefix) => {
      lastId += 1;
      return `${prefix}${String(lastId).padStart(6, '0')}`;
    },
  };
}
