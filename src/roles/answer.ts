import type { Content, Destination } from '../domain/destination.ts';
import type { Job } from '../queue/jobs.ts';
import type { WorkerTools } from './tools.ts';

/** Puts an answer on its way, once however often this is called. */
export async function answer(
  tools: Pick<WorkerTools, 'producer' | 'clock'>,
  to: Destination,
  content: Content,
  deliveryId: string,
): Promise<void> {
  const job: Job = { kind: 'deliver', version: 1, deliveryId, content, to, createdAt: tools.clock.now() };
  await tools.producer.add(job, { id: `deliver:${deliveryId}` });
}
