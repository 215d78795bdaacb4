import type { QualysSimulator } from '../qualys/simulator.ts';
import { startStory, stories } from '../scenarios/stories.ts';
import type { SecretServerSimulator } from '../secret-server/simulator.ts';
import type { PagePanel } from '../slack/page-front.ts';
import { scannerSwitches } from './scanner-switches.ts';
import { type WorldSwitch, worldSwitches } from './world-switches.ts';

/** The panel "the world" beside the workspace. `note` is its line of status. */
export function worldPanel(vault: SecretServerSimulator, scanner: QualysSimulator, note: string): PagePanel {
  const switches = [
    ...worldSwitches.map((one) => within(one, vault.world)),
    ...scannerSwitches(vault.url).map((one) => within(one, scanner.world)),
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
