import type { Audience } from '../commands/command.ts';
import type { Target } from '../commands/targets.ts';
import type { AuditSubject } from '../domain/audit.ts';
import type { Destination } from '../domain/destination.ts';
import { type Ask, destination, idOf } from './ask.ts';
import type { Desk } from './desk.ts';

/**
 * Stores a verification. Resolves when it is stored; rejects with QueueUnavailable when it is not. The note about
 * what a long run waits for is stored beside it, and missing it does no harm.
 */
export async function startVerify(
  desk: Desk,
  ask: Ask,
  target: Target,
  to: Destination = destination(ask, 'person'),
): Promise<void> {
  const runId = idOf(ask, 'verify', target.integration, target.secret);
  const askedAt = desk.clock();
  await desk.producer.add(
    { kind: 'verify', version: 1, runId, ...target, to, askedAt },
    { id: `verify-${runId}` },
  );
  const deliveryId = `progress-${runId}`;
  desk.producer
    .add(
      {
        kind: 'deliver',
        version: 1,
        deliveryId,
        content: { type: 'progress', runId },
        to: destination(ask, 'person'),
        createdAt: askedAt,
      },
      { id: deliveryId, delayMs: desk.timings.progressAfterMs },
    )
    .catch(() => desk.log.warn({ runId }, 'The note about a long run could not be stored'));
}

export async function startBatch(
  desk: Desk,
  ask: Ask,
  integration: string | null,
  audience: Audience,
): Promise<void> {
  const batchId = idOf(ask, 'verify-all', integration ?? '');
  const to = destination(ask, audience);
  await desk.producer.add(
    { kind: 'verify-all', version: 1, batchId, integration, to, askedAt: desk.clock() },
    { id: `verify-all-${batchId}` },
  );
}

export async function startAudit(
  desk: Desk,
  ask: Ask,
  asked: { integration: string; subject: AuditSubject; sinceMs: number },
): Promise<void> {
  const auditId = idOf(ask, 'audit', asked.integration, asked.subject.kind, asked.subject.name);
  const to = destination(ask, 'person');
  await desk.producer.add(
    { kind: 'audit', version: 1, auditId, ...asked, to, askedAt: desk.clock() },
    { id: `audit-${auditId}` },
  );
}

/** One for each report and channel, so that a report is shared there once. */
export function shareId(runId: string, channel: string): string {
  return `share-${runId}-${channel}`;
}

/** Posts a stored report in the channel where it was asked for, once. */
export async function startShare(desk: Desk, ask: Ask, runId: string): Promise<void> {
  const deliveryId = shareId(runId, ask.channel);
  const to = destination(ask, 'channel');
  await desk.producer.add(
    {
      kind: 'deliver',
      version: 1,
      deliveryId,
      content: { type: 'report', runId },
      to,
      createdAt: desk.clock(),
    },
    { id: deliveryId },
  );
}
