import type { Batch } from '../../domain/batch.ts';
import { plural } from '../../domain/instant.ts';
import type { Overall } from '../../domain/report.ts';
import { button, context, header, section, taken, type View } from '../blocks.ts';
import { actionIds, asValue } from '../ids.ts';
import { date, say } from '../text.ts';
import { signs, verdictWords } from './verdict.ts';

type Row = Batch['rows'][number];
const order: readonly Overall[] = ['fail', 'unknown', 'warn', 'pass'];
/** Healthy secrets are named in one line: each with a row of its own would hide the others. */
const detailed: readonly Overall[] = ['fail', 'unknown', 'warn'];

/** All watched secrets, worst first, as far as the batch has come: the same message is edited until it is finished. */
export function batchView(batch: Batch): View {
  const title = progressTitle(batch);
  const rows = order.slice(0, -1).flatMap((word) => batch.rows.filter((row) => row.overall === word));
  const blocks = taken([header(title), ...rows.map(rowBlock)], (left) => [
    ...(left > 0 ? [context([`_and ${left} more: check a secret to see its report_`])] : []),
    ...(batch.problems.length > 0
      ? [section(batch.problems.slice(0, 10).map((one) => `${signs.unknown} ${say(one, 280)}`))]
      : []),
    context([counts(batch), ...unwatchedLines(batch), times(batch)]),
  ]);
  return { text: standalone(batch, rows), blocks };
}

function progressTitle({ rows, total, finishedAt, problems }: Batch): string {
  if (finishedAt === null && total === 0) return 'Checking all watched secrets';
  if (finishedAt === null) return `Checking all watched secrets: ${rows.length} of ${total}`;
  const bad = rows.filter((row) => detailed.includes(row.overall)).length;
  const done = `Checked ${plural(rows.length, 'secret')}`;
  if (rows.length < total) return `${done} of ${total}: the rest did not finish`;
  if (problems.length > 0)
    return `${signs.unknown} ${done}: ${plural(problems.length, 'integration')} could not be looked at`;
  if (rows.length === 0) return `${signs.unknown} No secret was checked: nobody watches any`;
  return bad === 0
    ? `✅ ${done}: all can be read`
    : `${done}: ${bad} of them need${bad === 1 ? 's' : ''} attention`;
}

function standalone(batch: Batch, rows: readonly Row[]): string {
  const worst = rows.slice(0, 3).map((row) => `${signs[row.overall]} ${row.secret} · ${row.integration}`);
  return say([progressTitle(batch), ...worst].join('; '), 1000);
}

function rowBlock(row: Row) {
  const text = row.text === null ? verdictWords[row.overall] : row.text;
  const line = `${signs[row.overall]} ${say(row.secret, 80)} · ${say(row.integration, 40)} — ${say(text, 160)}`;
  const details = button({
    text: 'Details',
    actionId: actionIds.details,
    value: asValue({ run: row.runId }),
  });
  return { ...section([line]), accessory: details };
}

function counts({ rows }: Batch): string {
  const told = order.map((word) => ({ word, count: rows.filter((row) => row.overall === word).length }));
  const some = told.filter(({ count }) => count > 0);
  if (some.length === 0) return 'No result yet.';
  return some.map(({ word, count }) => `${signs[word]} ${count} ${verdictWords[word]}`).join('   ');
}

function unwatchedLines({ unwatched }: Batch): string[] {
  return unwatched.slice(0, 10).flatMap(({ integration, count }) => {
    const name = say(integration, 60);
    if (count === null)
      return [`${name}: whether its folder holds secrets that nobody watches cannot be seen.`];
    if (count === 0) return [];
    return [`${name}: nobody watches ${plural(count, 'secret')} of its folder.`];
  });
}

function times({ startedAt, finishedAt }: Batch): string {
  return finishedAt === null ? `started ${date(startedAt)}` : `finished ${date(finishedAt)}`;
}
