import type { Instant } from '../../domain/instant.ts';
import { foldFirstPoll, pollObservations } from '../../domain/poll-observations.ts';
import type { Account, Settings } from '../../domain/settings.ts';
import type { Told } from '../../domain/told.ts';
import { keepInMind } from '../incidents/observe.ts';
import { type LookTime, type LookTools, takeIn } from './look.ts';
import type { AccountRead } from './poll-reading.ts';
import type { Window } from './poll-windows.ts';

/** What a poll knows of one account. `directory`: when its password was set there, and from when on that is new. */
type Given = {
  account: Account;
  found: AccountRead;
  settings: Settings;
  window: Window;
  directory: { told: Told<Instant | null>; since: Instant };
  recordEditedAt: Instant | null;
};

/** Takes in what happened to one account and how it stands; answers with what a first poll found to be over. */
export async function takeAccount(
  tools: Pick<LookTools, 'incidents'>,
  { beganAt, seenAt }: LookTime,
  { account, found: { user, rows }, settings, window, directory, recordEditedAt }: Given,
): Promise<string[]> {
  const seen = pollObservations({
    settings,
    account,
    user,
    rows,
    since: window.since,
    directory: {
      passwordSetAt: 'known' in directory.told ? directory.told.known : null,
      since: directory.since,
    },
    recordEditedAt,
    beganAt,
    seenAt,
  });
  if (window.mark !== null) {
    await takeIn(tools, [...seen.happened, seen.state]);
    return [];
  }
  const { observations, over, summary } = foldFirstPoll(seen.happened, seen.state);
  for (const one of over) await keepInMind(tools.incidents, one);
  await takeIn(tools, observations);
  return summary;
}
