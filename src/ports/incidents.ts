import type { MessageHandle } from '../domain/destination.ts';
import type { Effect, Incident, IncidentRecord, IncidentState } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';

/** A change to store: `record.version` is the new one, one more than was read. */
export type IncidentChange = { record: IncidentRecord; effects: readonly Effect[]; storm?: StormJoined };

/**
 * For an incident that opens: the first of a `cause` within `forMs` leads, and has its own card; one that comes while
 * another leads is stored as `joining` gives it. Decided when it is stored, so that whoever leads is there.
 */
export type StormJoined = { cause: string; forMs: number; joining(leader: string): Incident };

/** An effect that is stored and not yet done. `id` is the same on every attempt. */
export type PendingEffect = { id: string; incidentId: string; version: number; effect: Effect };

/**
 * What stands in the chat of an incident. `version` is that of the card, `told` the last line of the timeline in its
 * thread. Both only rise. `shows`: of a card, the version in which each of its incidents stands there.
 */
export type CardMessage = {
  handle: MessageHandle;
  version: number;
  told: number;
  shows: Readonly<Record<string, number>>;
};

/** What another version of this program stored and this one cannot read: incidents that are not over, and effects. */
export type Unread = { incidents: number; effects: number };

export type IncidentFilter = {
  states: readonly IncidentState[];
  integration?: string | undefined;
  /** Changed since then; of resolved ones, resolved since then. */
  since?: Instant | undefined;
  limit: number;
};

/**
 * Incidents and what must follow from their changes. Not in it: any rule; `domain/incident-table.ts` decides.
 * What another version stored and this one cannot read makes `record`, `load` and `storm` throw GapError (`malformed`,
 * retryable): a worker of that version can. `list` leaves it out, and `unread` counts it.
 */
export type Incidents = {
  /** Everything under one key; version 0 and empty where nothing is stored. */
  record(key: string): Promise<IncidentRecord>;
  load(id: string): Promise<Incident | null>;
  /**
   * Stores state and effects together, and answers with the effects as they are stored. `conflict`: somebody else
   * changed it meanwhile; read again and decide again.
   */
  commit(change: IncidentChange): Promise<readonly PendingEffect[] | 'conflict'>;
  /** Last changed first. Those that are not resolved are kept for ever, resolved ones as long as configured. */
  list(filter: IncidentFilter): Promise<Incident[]>;
  /** How many are not resolved. */
  openCount(): Promise<number>;
  unread(): Promise<Unread>;

  /** Effects not done yet, oldest first; only those stored at least `olderThanMs` ago. */
  pending(limit: number, olderThanMs?: number): Promise<PendingEffect[]>;
  done(ids: readonly string[]): Promise<void>;
  /** Sets effects aside whose incident cannot be read here, for a worker that can. */
  park(ids: readonly string[]): Promise<void>;
  /** Puts back what can be read here of what was set aside; how many. */
  takeUpParked(): Promise<number>;

  /** All that stand on this incident's card, itself included, in the order they came. */
  storm(leader: string): Promise<Incident[]>;

  /** The card's place. `save` keeps what is newer of each. */
  message(id: string): Promise<CardMessage | null>;
  saveMessage(id: string, message: CardMessage): Promise<void>;
};

/** Puts what must follow from a change on its way, so that it is done even when this process dies. */
export type IncidentDispatch = {
  dispatch(pending: PendingEffect, incident: Incident): Promise<void>;
};
