import type { DirectorySimulator } from '../directory/simulator.ts';
import type { QualysSimulator } from '../qualys/simulator.ts';
import { mendAll, startStory, stories } from '../scenarios/stories.ts';
import type { Worlds } from '../scenarios/story.ts';
import type { SecretServerSimulator } from '../secret-server/simulator.ts';
import type { SiteSimulator } from '../site/simulator.ts';
import type { PagePanel } from '../slack/page-front.ts';
import { chainSwitches } from './chain-switches.ts';
import { directorySwitches } from './directory-switches.ts';
import { scannerSwitches } from './scanner-switches.ts';
import { secretSwitches } from './secret-switches.ts';
import { siteSwitches } from './site-switches.ts';
import { type WorldSwitch, worldSwitches } from './world-switches.ts';

/** All that is simulated beside Slack. */
export type Simulators = {
  vault: SecretServerSimulator;
  scanner: QualysSimulator;
  directory: DirectorySimulator;
  site: SiteSimulator;
};

export function worldsOf({ vault, scanner, directory, site }: Simulators): Worlds {
  return { vault: vault.world, scanner: scanner.world, directory: directory.world, site: site.world };
}

/** The panel "the world" beside the workspace. `note` is its line of status. */
export function worldPanel(simulators: Simulators, note: string): PagePanel {
  const { vault } = simulators;
  const worlds = worldsOf(simulators);
  const switches = [
    ...siteSwitches.map((one) => within(one, worlds.site)),
    ...worldSwitches.map((one) => within(one, worlds.vault)),
    ...chainSwitches.map((one) => within(one, worlds)),
    ...secretSwitches.map((one) => within(one, worlds.vault)),
    ...scannerSwitches(vault.url).map((one) => within(one, worlds.scanner)),
    ...directorySwitches.map((one) => within(one, worlds.directory)),
  ];
  let told: string | null = null;
  return {
    list: () => switches.map(({ isOn, flip, ...shown }) => ({ ...shown, on: isOn() })),
    flip: (id, on) => switches.find((one) => one.id === id)?.flip(on),
    scenarios: () => stories.map(({ name, title }) => ({ name, title })),
    start(name) {
      const story = stories.find((one) => one.name === name);
      if (!story) return;
      startStory(worlds, story, vault.url);
      // A story begins with nobody logged in, Vaultcheck neither.
      vault.sessions.expireAll();
      told = story.title;
    },
    story: () => told,
    mend() {
      mendAll(worlds, vault.url);
      vault.sessions.expireAll();
      told = null;
    },
    status: () => note,
  };
}

function within<W>({ isOn, flip, ...shown }: WorldSwitch<W>, world: W) {
  return { ...shown, isOn: () => isOn(world), flip: (on: boolean) => flip(world, on) };
}
