import { simulateDirectory } from '../../src/sandbox/directory/simulator.ts';
import { simulateQualys } from '../../src/sandbox/qualys/simulator.ts';
import { simulateSecretServer } from '../../src/sandbox/secret-server/simulator.ts';
import { addSecret } from '../../src/sandbox/secret-server/world/build.ts';
import { folder, user } from '../../src/sandbox/secret-server/world/find.ts';
import { corp, healthyWorld } from '../../src/sandbox/secret-server/world/healthy.ts';
import type { Secret } from '../../src/sandbox/secret-server/world/secrets.ts';
import { applianceViews } from '../../src/sandbox/secret-server/world/views.ts';
import { nextId, type World } from '../../src/sandbox/secret-server/world/world.ts';
import { slackWorkspace } from '../../src/sandbox/slack/workspace.ts';
import type { EndsFacts, WorldAsk, WorldFacts, WorldWanted } from './world.ts';

/** The vendors' side of a measure, in a process of its own: what they cost is not ours. */
const wanted = JSON.parse(process.argv[2] ?? '{}') as WorldWanted;
const world = healthyWorld();
addScanned(world, wanted.secrets ?? 0);
addRows(world, wanted.userAuditRows ?? 0);
const vault = await simulateSecretServer({ world });
const slack = wanted.slack ? await slackWorkspace() : null;
const ends = wanted.bothEnds
  ? {
      qualys: await simulateQualys({ scannerUrl: vault.url, certificate: 'trusted' }),
      directory: await simulateDirectory(),
    }
  : null;

process.on('message', (ask: WorldAsk) => {
  if ('delayMs' in ask) {
    delay(ask.delayMs);
    process.send?.({ done: true });
    return;
  }
  process.send?.(counted());
});
process.on('disconnect', () => process.exit());
process.send?.({
  vault: { url: vault.url, caPem: vault.caPem, reader: vault.reader },
  ends: endsFacts(),
  slack: slack && {
    apiUrl: slack.apiUrl,
    botToken: slack.botToken,
    appToken: slack.appToken,
    signingSecret: slack.signingSecret,
  },
} satisfies WorldFacts);

function endsFacts(): EndsFacts | null {
  if (!ends) return null;
  const { qualys, directory } = ends;
  return {
    qualys: { url: qualys.url, ...qualys.world.account, caPem: qualys.caPem ?? '' },
    directory: {
      url: directory.url,
      baseDn: directory.world.baseDn,
      bindDn: directory.bind.dn,
      password: directory.bind.password,
      caPem: directory.caPem,
    },
  };
}

function delay(delayMs: number): void {
  for (const { switches } of ends ? [vault, ends.qualys] : [vault]) {
    switches.clear();
    if (delayMs > 0) switches.set('all', { kind: 'slow', delayMs });
  }
  if (ends) ends.directory.switches.delayMs = delayMs;
}

/** What came in since the last question, and starts anew. */
function counted(): { calls: number; forbidden: number } {
  const lists: unknown[][] = [vault.traffic.requests];
  const { qualys, directory } = ends ?? {};
  if (qualys) lists.push(qualys.requests);
  if (directory) lists.push(directory.traffic.binds, directory.traffic.searches);
  const calls = lists.reduce((sum, list) => sum + list.splice(0).length, 0);
  const forbidden = [vault.traffic.forbidden, qualys?.forbidden ?? [], directory?.traffic.forbidden ?? []];
  return { calls, forbidden: forbidden.flat().length };
}

/** Secrets beside those of the healthy world, each seen by the last scan. */
function addScanned(world: World, count: number): Secret[] {
  const { now } = world;
  const folderId = folder(world, corp.folder).id;
  const names = Array.from({ length: count }, (_, at) => `host-${String(at + 1).padStart(4, '0')}`);
  const added = names.map((name) => addSecret(world, { name, folderId, hasLauncher: true }));
  world.now = () => now() - 3_600_000;
  for (const name of names) applianceViews(world, corp.scanAccount, name, corp.applianceAddress);
  world.now = now;
  return added;
}

/** Logins of the scan account within the window of the audits, oldest first, the last of them a day ago. */
function addRows(world: World, count: number): void {
  const account = user(world, corp.scanAccount).id;
  const newest = world.now() - 86_400_000;
  for (let row = count; row > 0; row -= 1) {
    world.userAudits.push({
      id: nextId(world),
      at: newest - Math.round((row * 5 * 86_400_000) / Math.max(count, 1)),
      action: 'Login',
      notes: '',
      from: corp.applianceAddress,
      byUserId: account,
      affectedUserId: account,
    });
  }
}
