#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { runCommandLine } from './cli/program.ts';
import { processTerminal } from './cli/terminal.ts';
import type { World } from './cli/world.ts';

/**
 * A service waits most of its life: rather collect garbage a little more often than keep 100 MB that one busy minute
 * took. Node warns of flags that are set while it runs; this one is only read when the heap decides how far to grow.
 */
function keepSmall(): void {
  setFlagsFromString('--optimize-for-size');
}

const world: World = {
  openIntegrations: async (...given) => (await import('./compose.ts')).openIntegrations(...given),
  openHealth: async (...given) => (await import('./cli/open-health.ts')).openHealth(...given),
  openIncidents: async (...given) => (await import('./cli/open-incidents.ts')).openIncidents(...given),
  startService: async (config) => {
    keepSmall();
    return (await import('./cli/run-service.ts')).startService(config);
  },
  serveProbe: async (options) => {
    keepSmall();
    return (await import('./cli/run-probe.ts')).serveProbe(options);
  },
  runDemo: async (options) => (await import('./cli/demo.ts')).runDemo(options),
};

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal(), world);
