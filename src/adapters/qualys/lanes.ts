import { hourMs } from '../../domain/instant.ts';
import type { QualysOptions } from './options.ts';
import { type RouteName, routes } from './routes.ts';

type Work<T> = (lost: AbortSignal) => Promise<T>;

/** Who waits for whom, over all processes. All of them throw the reason of `signal` to who gives up waiting. */
export type Lanes = {
  /** One question at a time of each API. */
  inLane<T>(route: RouteName, signal: AbortSignal, work: Work<T>): Promise<T>;
  /** The same, by one at a time who does not know yet whether the password is taken: a wrong one is sent once. */
  first<T>(route: RouteName, signal: AbortSignal, work: Work<T>): Promise<T>;
  /** The vendor said that too much runs at once. For an hour all questions stand in one line. */
  crowded(): void;
};

/** The vendor counts what runs at once over all of a subscription, for each API by itself. */
export function lanes({ turns, url, username, now }: QualysOptions): Lanes {
  // The subscription is the part of the user name before `_`.
  const subscription = `qualys ${new URL(url).host} ${username.split('_', 1)[0]}`.toLowerCase();
  let crowdedUntil = 0;
  const laneOf = (route: RouteName) =>
    now() < crowdedUntil ? subscription : `${subscription} ${apiOf(route)}`;
  const inLane: Lanes['inLane'] = (route, signal, work) => turns.hold(laneOf(route), signal, work);
  return {
    inLane,
    first: (route, signal, work) =>
      turns.hold(`${subscription} first`, signal, (outer) =>
        inLane(route, signal, (lost) => work(AbortSignal.any([outer, lost]))),
      ),
    crowded() {
      crowdedUntil = now() + hourMs;
    },
  };
}

/** What the vendor calls an API is not told exactly: the first part of the path is surely no less. */
function apiOf(route: RouteName): string {
  return routes[route].path.split('/')[4] ?? route;
}
