import type { Failure } from '../../../src/sandbox/qualys/simulator.ts';
import { type ScannerPlace, scannerContract, type Trouble } from '../../contracts/scanner.ts';
import { aQualys } from './given.ts';

const failures: Record<Trouble, Failure> = {
  hanging: { kind: 'hang' },
  refusing: { kind: 'refuse' },
  unauthorised: { kind: 'code', code: 2000 },
  denied: { kind: 'code', code: 2003 },
  throttled: { kind: 'code', code: 1965, waitSeconds: 68_928 },
  busy: { kind: 'code', code: 1960 },
  failing: { kind: 'code', code: 999 },
  page: { kind: 'html' },
  'half-body': { kind: 'half-body' },
  'wrong-types': { kind: 'wrong-types' },
  'other-document': { kind: 'body', body: '<SOMETHING_OUTPUT><RESPONSE /></SOMETHING_OUTPUT>' },
};

scannerContract('qualys', async (): Promise<ScannerPlace> => {
  const given = await aQualys();
  const { world, switches } = given.server;
  return {
    open: given.open,
    trouble: (kind) => void switches.set('all', failures[kind]),
    empty() {
      for (const list of [world.vaults, world.records, world.appliances, world.scans, world.hosts])
        list.length = 0;
    },
    canary: world.canary,
    [Symbol.asyncDispose]: () => given[Symbol.asyncDispose](),
  };
});
