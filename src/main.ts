#!/usr/bin/env node
import { runCommandLine } from './cli/program.ts';
import { processTerminal } from './cli/terminal.ts';
import type { World } from './cli/world.ts';

const world: World = {
  openIntegrations: async (...given) => (await import('./compose.ts')).openIntegrations(...given),
};

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal(), world);
