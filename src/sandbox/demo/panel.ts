import type { DirectorySimulator } from '../directory/simulator.ts';
import type { QualysSimulator } from '../qualys/simulator.ts';
import { startStory, stories } from '../scenarios/stories.ts';
import type { SecretServerSimulator } from '../secret-server/simulator.ts';
import type { PagePanel } from '../slack/page-front.ts';
import { directorySwitches } from './directory-switches.ts';
import { scannerSwitches } from './scanner-switches.ts';
import { secretSwitches } from './secret-switches.ts';
import { type WorldSwitch, worldSwitches } from './world-switches.ts';

/** All that is simulated beside Slack. */
export type Simulators = {
  vault: SecretServerSimulator;
  scanner: QualysSimulator;
  directory: DirectorySimulator;
};

/** The panel "the world" beside the workspace. `note` is its line of status. */
export function worldPanel({ vault, scanner, directory }: Simulators, note: string): PagePanel {
  const switches = [
    ...[...worldSwitches, ...secretSwitches].map((one) => within(one, vault.world)),
    ...scannerSwitches(vault.url).map((one) => within(one, scanner.world)),
    ...directorySwitches.map((one) => within(one, directory.world)),
  ];
  return {
    list: () => switches.map(({ isOn, flip, ...shown }) => ({ ...shown, on: isOn() })),
    flip: (id, on) => switches.find((one) => one.id === id)?.flip(on),
    scenarios: () => stories.map(({ name, title }) => ({ name, title })),
    start(name) {
      const story = stories.find((one) => one.name === name);
      if (story) startStory({ vault: vault.world, scanner: scanner.world }, story, vault.url);
    },
    status: () => note,
  };
}

function within<W>({ isOn, flip, ...shown }: WorldSwitch<W>, world: W) {
  return { ...shown, isOn: () => isOn(world), flip: (on: boolean) => flip(world, on) };
}
