import { describe, expect, it } from 'vitest';
import {
  applianceOffline,
  applianceOnline,
  scanStarted,
} from '../../../src/sandbox/qualys/world/happenings.ts';
import { aQualys } from '../../adapters/qualys/given.ts';

describe('what happens in the simulated Qualys', () => {
  it('tells of an appliance that stops calling home, and of its return', async () => {
    await using given = await aQualys({ keepMs: 0 });
    const { world } = given.server;
    applianceOffline(world, 'appliance-01', 30);
    const [away] = (await given.ask().appliances()).found;
    expect(away).toMatchObject({ online: false, heartbeatsMissed: 10 });
    expect(Date.now() - (away?.lastConnected ?? 0)).toBeGreaterThan(29 * 60_000);
    applianceOnline(world, 'appliance-01');
    expect((await given.ask().appliances()).found).toMatchObject([{ online: true, heartbeatsMissed: 0 }]);
  });

  it('tells of a scan that runs', async () => {
    await using given = await aQualys();
    scanStarted(given.server.world, ['10.1.0.1']);
    const { found } = await given.ask().scans(0);
    expect(found.map((one) => one.state)).toEqual(['finished', 'running']);
  });
});
