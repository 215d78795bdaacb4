import { Refusal } from './shapes.ts';
import type { State } from './state.ts';

/** A trigger opens one view within three seconds of the act that made it (docs.slack.dev, trigger_id). */
const livesMs = 3000;

export interface Triggers {
  issue(person: string): string;
  /** The person whose act it was; refuses an unknown, an expired and a used trigger with Slack's words. */
  exchange(trigger: string): string;
}

export function slackTriggers(state: State): Triggers {
  const issued = new Map<string, { person: string; expiresAt: number; used: boolean }>();
  return {
    issue: (person) => {
      const id = `${state.nextId('')}.${state.nextId('')}.trigger`;
      issued.set(id, { person, expiresAt: state.clock() + livesMs, used: false });
      return id;
    },
    exchange: (id) => {
      const trigger = issued.get(id);
      if (!trigger) throw new Refusal('invalid_trigger_id');
      if (trigger.used) throw new Refusal('exchanged_trigger_id');
      if (state.clock() > trigger.expiresAt) throw new Refusal('expired_trigger_id');
      trigger.used = true;
      return trigger.person;
    },
  };
}
