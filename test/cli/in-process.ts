import { runCommandLine } from '../../src/cli/program.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import type { World } from '../../src/cli/world.ts';

type Ended = { code: number; stdout: string; stderr: string };

/** No command that a test runs this way asks a vendor, unless the test brings what it asks. */
const emptyWorld: World = {
  openIntegrations: async () => {
    throw new Error('nothing is wired in this test');
  },
  startService: async () => {},
  runDemo: async () => {},
};

/** Runs a command line within the test's own process, with these variables and no others. */
export async function runHere(
  words: readonly string[],
  { cwd, env = {}, world = {} }: { cwd: string; env?: Record<string, string>; world?: Partial<World> },
): Promise<Ended> {
  const ended = { code: 0, stdout: '', stderr: '' };
  const terminal: Terminal = {
    out: (text) => {
      ended.stdout += text;
    },
    err: (text) => {
      ended.stderr += text;
    },
    env,
    cwd,
    style: { colour: false, width: 100, timeZone: 'Europe/Berlin' },
    isWatched: false,
  };
  ended.code = await runCommandLine(words, terminal, { ...emptyWorld, ...world });
  return ended;
}
