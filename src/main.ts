#!/usr/bin/env node
import { runCommandLine } from './cli/program.ts';
import { processTerminal } from './cli/terminal.ts';
import type { World } from './cli/world.ts';

const world: World = {
  openIntegrations: async (...given) => (await import('./compose.ts')).openIntegrations(...given),
  openHealth: async (...given) => (await import('./cli/open-health.ts')).openHealth(...given),
  openIncidents: async (...given) => (await import('./cli/open-incidents.ts')).openIncidents(...given),
  startService: async (config) => (await import('./cli/run-service.ts')).startService(config),
  serveProbe: async (options) => (await import('./cli/run-probe.ts')).serveProbe(options),
  runDemo: async (options) => (await import('./cli/demo.ts')).runDemo(options),
};

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal(), world);
