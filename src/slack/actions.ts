import type { Report } from '../domain/report.ts';
import { destination } from './ask.ts';
import type { View } from './blocks.ts';
import { type Clicked, oldButton } from './clicked.ts';
import { runCommand } from './commands.ts';
import { permitted } from './desk.ts';
import { openDetails, turnPage } from './details.ts';
import { actionIds, RunValue, readValue, WordsValue } from './ids.ts';
import { acknowledge, checkIncident, moreOfIncident } from './incident-clicks.ts';
import { startAudit, startVerify } from './jobs.ts';
import { sentence } from './render/answer.ts';
import { openResolve } from './resolve-form.ts';
import { shareReport } from './share.ts';

/** The words for the person; null when what they see says it. */
type Clicks = (clicked: Clicked) => Promise<View | null>;

const byAction: Readonly<Record<string, Clicks>> = {
  [actionIds.rerun]: rerun,
  [actionIds.details]: openDetails,
  [actionIds.page]: turnPage,
  [actionIds.audit]: auditTrail,
  [actionIds.share]: share,
  [actionIds.run]: runSuggestion,
  [actionIds.acknowledge]: acknowledge,
  [actionIds.resolve]: openResolve,
  [actionIds.checkIncident]: checkIncident,
  [actionIds.more]: moreOfIncident,
};

/** Answers a click on any button, also on one that this version does not know (any more). */
export async function runClick(clicked: Clicked): Promise<View | null> {
  const { action_id: id } = clicked.click.actions[0] ?? { action_id: '' };
  const run = byAction[id] ?? byAction[id.replace(/\.\d+$/, '')];
  return run ? run(clicked) : sentence(oldButton);
}

const awayReport = 'The report cannot be read at the moment, so nothing was started. Try again in a minute.';
const goneReport = 'This report is not kept any more. Run the command again for a fresh one.';

/** The report that a button belongs to, read when the person may see it. */
async function reportOf({ desk, ask, click }: Clicked): Promise<{ report: Report } | { view: View }> {
  const { value: text, action_id: what } = click.actions[0] ?? {};
  const value = readValue(RunValue, text);
  if (!value) return { view: sentence(oldButton) };
  const rights = await permitted(desk, ask, { need: 'check', what: `${what} ${value.run}` });
  if ('refused' in rights) return { view: sentence(rights.refused) };
  const report = await desk.records.reports.load(value.run).catch(() => undefined);
  if (report === undefined) return { view: sentence(awayReport) };
  return report ? { report } : { view: sentence(goneReport) };
}

/** A message of the bot is edited in place; what only one person sees cannot be, so a new report comes. */
async function rerun(clicked: Clicked): Promise<View> {
  const found = await reportOf(clicked);
  if ('view' in found) return found.view;
  const { desk, ask, click } = clicked;
  const { integration, subject } = found.report;
  const standing = click.message && click.container.is_ephemeral !== true && ask.channel !== '';
  const message = standing && click.message ? { channel: ask.channel, ts: click.message.ts } : null;
  const to = destination(ask, message ? 'channel' : 'person', message);
  await startVerify(desk, ask, { integration, secret: subject.secret }, to);
  return sentence(`Checking ${subject.secret} · ${integration} again…`);
}

async function auditTrail(clicked: Clicked): Promise<View> {
  const found = await reportOf(clicked);
  if ('view' in found) return found.view;
  const { integration, subject } = found.report;
  const { desk, ask } = clicked;
  const settings = desk.integrations.find((one) => one.integration === integration);
  if (!settings)
    return sentence(`The integration ${integration} is not configured any more, so nothing was read.`);
  const asked = { kind: 'secret', name: subject.secret } as const;
  await startAudit(desk, ask, { integration, subject: asked, sinceMs: settings.scanEveryMs });
  return sentence(`Reading the audit trail of ${subject.secret}…`);
}

async function share(clicked: Clicked): Promise<View> {
  const found = await reportOf(clicked);
  return 'view' in found ? found.view : shareReport(clicked, found.report);
}

/** A suggestion acts as if the person had typed it. */
async function runSuggestion({ desk, ask, click }: Clicked): Promise<View> {
  const value = readValue(WordsValue, click.actions[0]?.value);
  return value ? runCommand(desk, ask, value.words) : sentence(oldButton);
}
