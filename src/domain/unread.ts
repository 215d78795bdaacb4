import { plural } from './instant.ts';

/** What is said under a list that lacks incidents of another version. */
export function unreadIncidents(count: number): string {
  const are = count === 1 ? 'is' : 'are';
  return `${plural(count, 'more open incident')} ${are} not shown: stored by another version of Vaultcheck. Run the same, newest version everywhere.`;
}
