import { key } from '../keys.ts';

/** Where incidents lie. */
export const keys = {
  record: (name: string) => key('incident-record', name),
  incident: (id: string) => key('incident', id),
  message: (id: string) => key('incident-message', id),
  storm: (leader: string) => key('incident-storm', leader),
  leader: (cause: string) => key('storm-leader', cause),
  live: key('incidents-live'),
  resolved: key('incidents-resolved'),
  outbox: key('incident-outbox'),
  /** Effects of another version of this program, by time: they wait for a worker that can read them. */
  parked: key('incident-parked'),
  effects: key('incident-effects'),
  sequence: key('incident-effect-sequence'),
};
