import { randomUUID } from 'node:crypto';
import { audit, subjectsNamed } from '../app/audit.ts';
import type { Integration } from '../app/integration.ts';
import type { Question } from '../app/question.ts';
import { type ConfigSource, loadConfig } from '../config/load.ts';
import type { AuditAnswer, AuditSubject } from '../domain/audit.ts';
import { GapError } from '../domain/gap.ts';
import type { Cli } from './cli.ts';
import { UsageError } from './failures.ts';
import { gapText } from './print/report-row.ts';
import { integrationsNamed, refuseLong } from './targets.ts';

export type AuditAsked = {
  name: string;
  kind: AuditSubject['kind'] | undefined;
  sinceMs: number;
  integration: string | undefined;
};

const deadlineMs = 60_000;

/** Reads the trail of a secret or an account. Throws UsageError where it is not clear whose. */
export async function runAudit(cli: Cli, source: ConfigSource, asked: AuditAsked): Promise<AuditAnswer> {
  if (asked.name.trim() === '') throw new UsageError('The name is empty: name a secret or an account.');
  refuseLong(asked.name);
  const config = loadConfig(source);
  const settings = config.integrations.map((one) => one.settings);
  const chosen = integrationsNamed(settings, asked.integration);
  if (chosen.length > 1) {
    const names = settings.map((one) => one.integration).join(', ');
    throw new UsageError(`Say where to look with --integration NAME (${names}).`);
  }
  const configs = chosen.flatMap(({ index }) => config.integrations[index] ?? []);
  const opened = await cli.world.openIntegrations(configs, config.environment);
  try {
    const [integration] = opened.integrations;
    if (!integration) throw new UsageError('There is no integration to ask.');
    const question = { deadlineMs, clock: { now: Date.now } };
    const subject = await subjectOf(integration, asked, question);
    if ('gap' in subject) return unanswered(integration, asked, subject.gap);
    const { sinceMs } = asked;
    return await audit({ ...question, auditId: randomUUID(), integration, subject, sinceMs });
  } finally {
    await opened.close();
  }
}

/** What the name means: as the flag says, else as Secret Server knows it. `gap`: it could not be asked. */
async function subjectOf(
  integration: Integration,
  { name, kind }: AuditAsked,
  question: Question,
): Promise<AuditSubject | { gap: string }> {
  if (kind) return { kind, name };
  try {
    const [first, second] = await subjectsNamed(integration, name, question);
    if (first && second)
      throw new UsageError(`"${name}" is a secret and an account: add --secret or --account.`);
    return (
      first ?? { gap: `Secret Server shows the reader neither a secret nor an account named "${name}".` }
    );
  } catch (error) {
    if (error instanceof GapError) return { gap: gapText(error.gap) };
    throw error;
  }
}

function unanswered({ settings }: Integration, { name, sinceMs }: AuditAsked, gap: string): AuditAnswer {
  return {
    auditId: randomUUID(),
    integration: settings.integration,
    subject: { kind: 'secret', name },
    since: new Date(Date.now() - sinceMs).toISOString(),
    lines: [],
    gaps: [gap],
  };
}
