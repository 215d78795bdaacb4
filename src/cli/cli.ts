import type { Command } from 'commander';
import type { ConfigSource } from '../config/load.ts';
import type { Terminal } from './terminal.ts';
import type { World } from './world.ts';

/** What a command gets: where to write, what is wired, and how to say with which code the process ends. */
export type Cli = { terminal: Terminal; world: World; settle(code: number): void };

/** Where this command's configuration comes from; `--config` may stand before or after the command's name. */
export function configSource({ terminal }: Cli, command: Command): ConfigSource {
  const { config } = command.optsWithGlobals<{ config?: string }>();
  return { env: terminal.env, cwd: terminal.cwd, file: config };
}

/** A document for programs: one JSON value and a line end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Text that stands after a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}
