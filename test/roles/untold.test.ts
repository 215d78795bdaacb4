import { expect, it } from 'vitest';
import { redisIncidents } from '../../src/adapters/redis/incidents/incidents.ts';
import { act } from '../../src/app/incidents/act.ts';
import { observe } from '../../src/app/incidents/observe.ts';
import { dayMs } from '../../src/domain/instant.ts';
import type { Job } from '../../src/queue/jobs.ts';
import type { WorkerTools } from '../../src/roles/tools.ts';
import { tellUntold } from '../../src/roles/untold.ts';
import { incidentWorld } from '../app/incidents/memory.ts';
import { happening } from '../incidents.ts';
import { testRedis } from '../redis.ts';

const redis = testRedis();

it('shows at a start what is open and the chat does not show as it is, and nothing else', async () => {
  const { tools, clock } = incidentWorld(redisIncidents(await redis.client('patient'), dayMs));
  clock.time = Date.now();
  const at = { at: clock.time, seenAt: clock.time };
  // A storm of two, one that is over, one that stands in the chat, one that stands there as it was, one that somebody has.
  await observe(tools, happening('account-locked', { account: 'one', ...at }));
  await observe(tools, happening('account-locked', { account: 'two', ...at }));
  const alone = ['heartbeat-failed', 'secret-changed', 'password-changed', 'service-off'] as const;
  for (const kind of alone) await observe(tools, happening(kind, { ...at, account: 'three' }));
  const all = await tools.incidents.list({ states: ['open'], limit: 9 });
  const idOf = (kind: string) => all.find((one) => one.kind === kind)?.id ?? '';
  await act(tools, idOf('heartbeat-failed'), { word: 'resolve', by: 'U1', cause: null, note: null });
  await act(tools, idOf('password-changed'), { word: 'acknowledge', by: 'U1' });
  const handle = { channel: 'C1', ts: '1.1' };
  const shown = async (kind: string) => {
    const id = idOf(kind);
    await tools.incidents.saveMessage(id, { handle, version: 1, told: 0, shows: { [id]: 1 } });
  };
  await shown('secret-changed');
  await shown('service-changed');
  await act(tools, idOf('service-changed'), { word: 'acknowledge', by: 'U1' });
  const added: Job[] = [];
  const producer = { add: async (job: Job) => void added.push(job) };
  await tellUntold({ incidents: tools, producer, clock, log: { info: () => {} } } as unknown as WorkerTools);
  const told = added.map((job) => ('incidentId' in job ? job.incidentId : ''));
  const locked = all.filter(({ kind }) => kind === 'account-locked').map(({ id }) => id);
  expect(told.sort()).toEqual([...locked, idOf('password-changed'), idOf('service-changed')].sort());
});
