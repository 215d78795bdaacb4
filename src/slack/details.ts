import type { View } from './blocks.ts';
import { type Clicked, oldButton } from './clicked.ts';
import { firstTime, permitted } from './desk.ts';
import { PageValue, RunValue, readValue } from './ids.ts';
import { openModal, type Shown, updateModal } from './modal.ts';
import { sentence } from './render/answer.ts';
import { detailsView, loadingView, sentenceView } from './render/details.ts';

/**
 * Opens the modal of a report. A trigger lasts 3 seconds and is used once, so an empty view opens first and the
 * report is read after it (docs.slack.dev/surfaces/modals).
 */
export async function openDetails({ desk, ask, click, ack }: Clicked): Promise<View | null> {
  const value = readValue(RunValue, click.actions[0]?.value);
  if (!value) return sentence(oldButton);
  const rights = await permitted(desk, ask, { need: 'check', what: `report.details ${value.run}` });
  if ('refused' in rights) return sentence(rights.refused);
  await ack();
  if (!(await firstTime(desk, ask, 'details'))) return null;
  const opened = await openModal(desk, ask.trigger, loadingView());
  if ('code' in opened)
    return sentence(`Slack did not open the details (${opened.code}). Click the button again.`);
  return unfilled(await showPage(desk, opened.shown, value.run, 0));
}

/** Another page within the open modal. */
export async function turnPage({ desk, ask, click, ack }: Clicked): Promise<View | null> {
  const value = readValue(PageValue, click.actions[0]?.value);
  if (!value || !click.view) return sentence(oldButton);
  const rights = await permitted(desk, ask, { need: 'check', what: `report.page ${value.run}` });
  await ack();
  const page =
    'refused' in rights
      ? updateModal(desk, click.view, sentenceView('Details', rights.refused))
      : showPage(desk, click.view, value.run, value.page);
  return unfilled(await page);
}

/** A modal that goes on saying that it loads tells nobody what to do. */
function unfilled(code: string | null): View | null {
  return code === null
    ? null
    : sentence(`Slack did not fill the details (${code}). Close them and click again.`);
}

async function showPage(desk: Clicked['desk'], at: Shown, run: string, page: number): Promise<string | null> {
  const report = await desk.records.reports.load(run).catch(() => undefined);
  const gone = 'This report is not kept any more. Close this and run the check again.';
  const away = 'The report cannot be read at the moment. Close this and try again in a minute.';
  const view = report ? detailsView(report, page) : sentenceView('Details', report === null ? gone : away);
  return updateModal(desk, at, view);
}
