import type { KnownBlock, ModalView } from '@slack/types';
import { plural } from '../../domain/instant.ts';
import type { Report, ReportedCheck, VerdictWord } from '../../domain/report.ts';
import { actions, button, charactersOf, context, header, limits, section } from '../blocks.ts';
import { actionIds, asValue, callbackIds } from '../ids.ts';
import { date, plain, say } from '../text.ts';
import { headline, signs, verdictWords } from './verdict.ts';

const evidenceShown = 6;
/** Room for the title and the row of page buttons. */
const reserved = { blocks: 4, characters: 1200 };

/** Every check with its evidence and gaps, one page of a modal; `page` counts from 0 and is brought into range. */
export function detailsView(report: Report, page: number): ModalView {
  const pages = paged(worstFirst(report.checks).map(checkBlocks));
  const at = Math.min(Math.max(0, page), pages.length - 1);
  const turns = turnButtons(report.runId, at, pages.length);
  const where = pages.length > 1 ? ` · page ${at + 1} of ${pages.length}` : '';
  const blocks = [
    header(headline(report)),
    context([`${plural(report.checks.length, 'check')}${where} · ${date(report.finishedAt)}`]),
    ...(pages[at] ?? []),
    ...(turns.length > 0 ? [actions(turns)] : []),
  ];
  return modal(report.subject.secret, blocks);
}

const order: readonly VerdictWord[] = ['fail', 'unknown', 'warn', 'pass', 'skipped'];

/** What is wrong first, then in catalogue order: nobody scrolls at 3 a.m. */
function worstFirst(checks: readonly ReportedCheck[]): ReportedCheck[] {
  return [...checks].sort((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict));
}

/** What stands in the modal until the report is read: a trigger lasts 3 seconds, a store may not. */
export function loadingView(): ModalView {
  return modal('Details', [section(['Loading…'])]);
}

/** A sentence in a modal. */
export function sentenceView(title: string, text: string): ModalView {
  return modal(title, [section([say(text, 2900)])]);
}

function modal(title: string, blocks: KnownBlock[]): ModalView {
  const short = plain(title, limits.viewTitle) || 'Details';
  return {
    type: 'modal',
    callback_id: callbackIds.details,
    title: { type: 'plain_text', text: short, emoji: false },
    close: { type: 'plain_text', text: 'Close' },
    blocks,
  };
}

function turnButtons(run: string, page: number, pages: number) {
  const turn = (text: string, to: number) =>
    button({ text, actionId: `${actionIds.page}.${to}`, value: asValue({ run, page: to }) });
  return [
    ...(page > 0 ? [turn('Previous page', page - 1)] : []),
    ...(page < pages - 1 ? [turn('Next page', page + 1)] : []),
  ];
}

/** A check never falls apart over two pages. */
function paged(groups: readonly KnownBlock[][]): KnownBlock[][] {
  const pages: KnownBlock[][] = [[]];
  let characters = 0;
  for (const group of groups) {
    const current = pages.at(-1) ?? [];
    const size = charactersOf(group);
    const full =
      current.length + group.length > limits.viewBlocks - reserved.blocks ||
      characters + size > limits.totalCharacters - reserved.characters;
    if (full && current.length > 0) pages.push([...group]);
    else current.push(...group);
    characters = full ? size : characters + size;
  }
  return pages;
}

function checkBlocks(check: ReportedCheck): KnownBlock[] {
  const small = [
    ...evidenceLines(check),
    ...check.gaps.map(
      ({ detail, cause, source }) => `${say(source, 30)} ${say(cause, 30)}: ${say(detail, 300)}`,
    ),
  ];
  return [section(checkLines(check)), ...(small.length > 0 ? [context(small.slice(0, 12))] : [])];
}

function checkLines(check: ReportedCheck): string[] {
  const { accepted, finding, remedy, because } = check;
  return [
    `${signs[check.verdict]} *${verdictWords[check.verdict]}*  ${say(check.title, 200)}  _${say(check.id, 80)}_`,
    ...(finding ? [say(finding, 900)] : []),
    ...(remedy ? [`*Remedy*  ${say(remedy, 600)}`] : []),
    ...(because ? [say(because, 300)] : []),
    ...(accepted ? [`*Accepted* until ${say(accepted.until, 20)}: ${say(accepted.reason, 300)}`] : []),
  ];
}

function evidenceLines({ evidence }: ReportedCheck): string[] {
  const lines = evidence
    .slice(0, evidenceShown)
    .map((one) => `${say(one.fact, 240)} (${say(one.source, 30)}, ${date(one.at)})`);
  const more = evidence.length - lines.length;
  return more > 0 ? [...lines, `_and ${more} more_`] : lines;
}
