import type { SecretServerSimulator } from '../secret-server/simulator.ts';
import type { PagePanel } from '../slack/page-front.ts';
import { worldSwitches } from './world-switches.ts';

/** The panel "the world" beside the workspace. `note` is its line of status. */
export function worldPanel(vault: SecretServerSimulator, note: string): PagePanel {
  const { world } = vault;
  return {
    list: () =>
      worldSwitches.map(({ id, label, group, hint, isOn }) => ({ id, label, group, hint, on: isOn(world) })),
    flip: (id, on) => worldSwitches.find((one) => one.id === id)?.flip(world, on),
    status: () => note,
  };
}
