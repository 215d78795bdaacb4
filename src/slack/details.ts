import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { View } from './blocks.ts';
import { type Clicked, oldButton } from './clicked.ts';
import { firstTime, permitted } from './desk.ts';
import { PageValue, RunValue, readValue } from './ids.ts';
import { sentence } from './render/answer.ts';
import { detailsView, loadingView, sentenceView } from './render/details.ts';
import { anyAnswer } from './web.ts';

const Opened = z.looseObject({ view: z.looseObject({ id: z.string(), hash: z.string().optional() }) });

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
  const opened = await desk.web.call('views.open', { trigger_id: ask.trigger, view: loadingView() }, Opened);
  if (!opened.ok) {
    return sentence(`Slack did not open the details (${opened.fault.code}). Click the button again.`);
  }
  await showPage(desk, opened.data.view, value.run, 0);
  return null;
}

/** Another page within the open modal. */
export async function turnPage({ desk, ask, click, ack }: Clicked): Promise<View | null> {
  const value = readValue(PageValue, click.actions[0]?.value);
  if (!value || !click.view) return sentence(oldButton);
  const rights = await permitted(desk, ask, { need: 'check', what: `report.page ${value.run}` });
  await ack();
  if ('refused' in rights) await update(desk, click.view, sentenceView('Details', rights.refused));
  else await showPage(desk, click.view, value.run, value.page);
  return null;
}

type Shown = { id: string; hash?: string | undefined };

async function showPage(desk: Clicked['desk'], at: Shown, run: string, page: number): Promise<void> {
  const report = await desk.records.reports.load(run).catch(() => undefined);
  const gone = 'This report is not kept any more. Close this and run the check again.';
  const away = 'The report cannot be read at the moment. Close this and try again in a minute.';
  const view = report ? detailsView(report, page) : sentenceView('Details', report === null ? gone : away);
  await update(desk, at, view);
}

/** `hash`: an update that comes late does not overwrite a newer one. */
async function update(desk: Clicked['desk'], { id, hash }: Shown, view: ModalView): Promise<void> {
  const args = { view_id: id, view, ...(hash ? { hash } : {}) };
  const done = await desk.web.call('views.update', args, anyAnswer);
  if (!done.ok) desk.log.warn({ code: done.fault.code }, 'The details could not be shown in Slack');
}
