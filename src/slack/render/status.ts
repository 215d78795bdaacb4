import { sourceNames } from '../../domain/gap.ts';
import { plural } from '../../domain/instant.ts';
import type { OwnStatus } from '../../domain/own-status.ts';
import type { Report } from '../../domain/report.ts';
import { context, header, section, type View } from '../blocks.ts';
import { date, say } from '../text.ts';
import { signs, verdictWords } from './verdict.ts';

export type StatusShown = {
  /** The newest report of each secret. */
  latest: readonly Report[];
  /** Null: it did not answer in time. */
  own: OwnStatus | null;
  /** Admins see the remedies too. */
  admin: boolean;
};

/** A worker that is this far behind is not keeping up. */
const lagLimitMs = 60_000;
const order = ['fail', 'unknown', 'warn', 'pass'] as const;

/** Open incidents, the last check of each secret, and what is wrong with Vaultcheck itself. */
export function statusView({ latest, own, admin }: StatusShown): View {
  const wrong = own === null ? ['its own state could not be read'] : troubles(own);
  const incidents = incidentsLine(own);
  const itself = wrong.length === 0 ? 'Vaultcheck itself is well' : `Vaultcheck itself: ${wrong[0]}`;
  return {
    text: say([incidents, `${secretsLine(latest)}.`, itself].join(' '), 1000),
    blocks: [
      header('Status'),
      section([incidents, secretsLine(latest)]),
      ...(latest.length > 0 ? [section(secretLines(latest))] : []),
      section([
        `*Vaultcheck itself* ${wrong.length === 0 ? '✅ is well' : ''}`.trim(),
        ...ownLines(own, admin),
        ...(admin ? ['_Its accounts and connections are being tried: a second message tells._'] : []),
      ]),
      context([queueLine(own), ...eventLines(own), ...sourceLines(latest)].map((one) => say(one, 200))),
    ],
  };
}

function incidentsLine(own: OwnStatus | null): string {
  const count = own?.openIncidents ?? null;
  return count === null ? 'How many incidents are open could not be read.' : incidentsOpen(count);
}

export function incidentsOpen(count: number): string {
  return count === 0 ? 'No incident is open.' : `🔴 ${plural(count, 'incident')} open.`;
}

function secretsLine(latest: readonly Report[]): string {
  if (latest.length === 0) return 'No secret has been checked yet';
  const counts = order.flatMap((word) => {
    const count = latest.filter(({ overall }) => overall === word).length;
    return count > 0 ? [`${signs[word]} ${count} ${verdictWords[word]}`] : [];
  });
  return `${plural(latest.length, 'secret')} checked: ${counts.join('   ')}`;
}

function secretLines(latest: readonly Report[]): string[] {
  const worst = order.flatMap((word) => latest.filter(({ overall }) => overall === word));
  return worst
    .slice(0, 25)
    .map(
      (one) =>
        `${signs[one.overall]} ${say(one.subject.secret, 80)} · ${say(one.integration, 40)}  ${date(one.finishedAt)}`,
    );
}

function isWrong({ verdict }: OwnStatus['findings'][number]): boolean {
  return verdict === 'fail' || verdict === 'warn' || verdict === 'unknown';
}

function troubles(own: OwnStatus): string[] {
  const late = own.queue && own.queue.oldestMs > lagLimitMs ? ['jobs wait for a worker'] : [];
  return [...late, ...own.findings.filter(isWrong).map(({ text }) => text)];
}

function ownLines(own: OwnStatus | null, admin: boolean): string[] {
  if (own === null) return [`${signs.unknown} Its own state could not be read: Redis does not answer.`];
  const late = own.queue && own.queue.oldestMs > lagLimitMs;
  return [
    ...(late ? [`${signs.fail} Jobs wait for a worker: start one, or look into its log.`] : []),
    ...own.findings.filter(isWrong).map(({ verdict, text, remedy }) => {
      const mend = admin && remedy ? ` → ${say(remedy, 200)}` : '';
      return `${signs[verdict]} ${say(text, 300)}${mend}`;
    }),
  ];
}

function queueLine(own: OwnStatus | null): string {
  if (!own?.queue) return 'The queue could not be read.';
  const { waiting, oldestMs } = own.queue;
  return waiting === 0
    ? 'No job waits.'
    : `${plural(waiting, 'job')} waiting, the oldest for ${Math.round(oldestMs / 1000)} s.`;
}

function eventLines(own: OwnStatus | null): string[] {
  return (own?.lastEvents ?? []).map(
    ({ integration, at }) => `${integration}: last event at ${new Date(at).toISOString().slice(0, 16)}Z`,
  );
}

/** Which systems the last checks could not read, in words. What is not there says nothing of Vaultcheck. */
function sourceLines(latest: readonly Report[]): string[] {
  const silent = latest.flatMap(({ integration, checks }) =>
    checks
      .filter(({ verdict }) => verdict === 'unknown')
      .flatMap(({ gaps }) => gaps)
      .filter(({ cause }) => cause !== 'absent')
      .map(({ source, cause }) => `${sourceNames[source]} of ${integration} (${cause})`),
  );
  const named = [...new Set(silent)].slice(0, 5);
  return named.length > 0 ? [`The last checks could not read: ${named.join(', ')}`] : [];
}
