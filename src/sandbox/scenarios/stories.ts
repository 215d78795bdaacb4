import { qualysStories } from './qualys-stories.ts';
import { qualysBefore, type Story, vaultBefore, type Worlds } from './story.ts';
import { vaultStories } from './vault-stories.ts';

/** Every story, by the side on which its cause lies. */
export const stories: readonly Story[] = [...vaultStories, ...qualysStories];

/** Makes both worlds whole again, as they were before the last scan, and lets the story happen. */
export function startStory({ vault, scanner }: Worlds, story: Story, scannerUrl: string): void {
  const { listeners } = vault;
  Object.assign(vault, { ...vaultBefore(vault.now), listeners });
  Object.assign(scanner, qualysBefore(scannerUrl, scanner.now));
  story.arrange({ vault, scanner });
}
