import { healthySite } from '../site/world.ts';
import { directoryStories } from './directory-stories.ts';
import { qualysStories } from './qualys-stories.ts';
import { siteStories } from './site-stories.ts';
import { directoryBefore, qualysBefore, type Story, scanTries, vaultBefore, type Worlds } from './story.ts';
import { vaultStories } from './vault-stories.ts';

/** Every story, by the side on which its cause lies. */
export const stories: readonly Story[] = [
  ...siteStories,
  ...vaultStories,
  ...qualysStories,
  ...directoryStories,
];

/** Makes all worlds whole again, as they were before the last scan, and lets the story happen. */
export function startStory(worlds: Worlds, story: Pick<Story, 'arrange'>, scannerUrl: string): void {
  const { vault, scanner, directory, site } = worlds;
  const { listeners } = vault;
  Object.assign(vault, { ...vaultBefore(vault.now), listeners });
  Object.assign(scanner, qualysBefore(scannerUrl, scanner.now));
  Object.assign(directory, directoryBefore(directory));
  Object.assign(site, { obstacle: healthySite().obstacle });
  story.arrange(worlds);
}

/** Makes all worlds whole again, and lets the last scan have been a good one. */
export function mendAll(worlds: Worlds, scannerUrl: string): void {
  startStory(worlds, { arrange: scanTries }, scannerUrl);
}
