import { z } from 'zod';
import type { Incident } from '../domain/incident.ts';
import { minuteMs, plural } from '../domain/instant.ts';
import { nextMorning } from '../domain/morning.ts';
import { isZone } from '../domain/vault-clock.ts';
import { destination } from './ask.ts';
import type { View } from './blocks.ts';
import { type Clicked, oldButton } from './clicked.ts';
import { IncidentValue, MoreValue, readValue } from './ids.ts';
import { actAndTell, meansAll, refusedTo, unreadText } from './incident-desk.ts';
import { startAudit, startVerify } from './jobs.ts';
import { linesView, sentence } from './render/answer.ts';
import { outcomeLines } from './render/incident-answers.ts';
import { say } from './text.ts';

export async function acknowledge(clicked: Clicked): Promise<View> {
  const value = readValue(IncidentValue, clicked.click.actions[0]?.value);
  if (!value) return sentence(oldButton);
  const refused = await refusedTo(clicked.desk, clicked.ask, `incident.acknowledge ${value.id}`);
  return refused ?? actAndTell(clicked, value.id, { word: 'acknowledge', by: clicked.ask.person });
}

/** The menu of the card. */
export async function moreOfIncident(clicked: Clicked): Promise<View> {
  const value = readValue(MoreValue, clicked.click.actions[0]?.selected_option?.value);
  if (!value) return sentence(oldButton);
  const refused = await refusedTo(clicked.desk, clicked.ask, `incident.more ${value.do} ${value.id}`);
  return refused ?? chosen(clicked, value);
}

async function chosen(clicked: Clicked, { id, do: what }: MoreValue): Promise<View> {
  const by = clicked.ask.person;
  const now = clicked.desk.clock();
  switch (what) {
    case 'snooze-30m':
      return actAndTell(clicked, id, { word: 'snooze', by, until: now + 30 * minuteMs });
    case 'snooze-2h':
      return actAndTell(clicked, id, { word: 'snooze', by, until: now + 120 * minuteMs });
    case 'snooze-morning': {
      const until = nextMorning(now, await zoneOf(clicked));
      return actAndTell(clicked, id, { word: 'snooze', by, until });
    }
    case 'escalate':
      if (clicked.desk.incidents.setting.mention === null) return sentence(nobodyToCall);
      return actAndTell(clicked, id, { word: 'escalate', by });
    case 'audit':
      return auditOf(clicked, id);
  }
}

const nobodyToCall =
  'Nobody is configured to escalate to, so nobody was called. An admin sets `incidents.escalate` in the configuration.';

const Person = z.looseObject({ user: z.looseObject({ tz: z.string().optional() }) });

/** The time zone of who clicked; UTC when Slack does not say. */
async function zoneOf({ desk, ask }: Clicked): Promise<string> {
  const read = await desk.web.call('users.info', { user: ask.person }, Person);
  const zone = read.ok ? read.data.user.tz : undefined;
  return zone !== undefined && isZone(zone) ? zone : 'UTC';
}

async function incidentOf({ desk }: Clicked, id: string): Promise<Incident | View> {
  try {
    return (await desk.incidents.records.load(id)) ?? sentence('This incident is not kept any more.');
  } catch (error) {
    return sentence(unreadText(error));
  }
}

async function auditOf(clicked: Clicked, id: string): Promise<View> {
  const incident = await incidentOf(clicked, id);
  if ('blocks' in incident) return incident;
  const { account, secret, integration } = incident;
  const { desk, ask } = clicked;
  const settings = desk.integrations.find((one) => one.integration === integration);
  const name = account ?? secret;
  if (!settings || name === null)
    return sentence('This incident is about no account and no secret: there is no audit trail.');
  const subject = { kind: account === null ? 'secret' : 'account', name } as const;
  await startAudit(desk, ask, { integration, subject, sinceMs: settings.scanEveryMs });
  return sentence(`Reading the audit trail of ${subject.kind} ${name}…`);
}

/** So many secrets of a storm are checked at once; the rest is for `check all`. */
const checkedAtMost = 10;

/**
 * Runs the checks of the secret that it is about, or of one that the account serves; on the card of a storm, of each that
 * is not over. The reports go to the thread.
 */
export async function checkIncident(clicked: Clicked): Promise<View> {
  const { desk, ask, click } = clicked;
  const value = readValue(IncidentValue, click.actions[0]?.value);
  if (!value) return sentence(oldButton);
  const refused = await refusedTo(desk, ask, `incident.check ${value.id}`);
  if (refused) return refused;
  const incident = await incidentOf(clicked, value.id);
  if ('blocks' in incident) return incident;
  const { integration } = incident;
  const secrets = await secretsOf(clicked, incident);
  if (secrets.length === 0)
    return sentence('No secret of this account is known. Run the check command with the name of one.');
  const card = await desk.incidents.records.message(incident.storm ?? incident.id).catch(() => null);
  const to = card
    ? { ...destination({ ...ask, channel: card.handle.channel }, 'channel'), thread: card.handle.ts }
    : destination(ask, 'person');
  const now = secrets.slice(0, checkedAtMost);
  await Promise.all(now.map((secret) => startVerify(desk, ask, { integration, secret }, to)));
  const left = secrets.length - now.length;
  const rest =
    left > 0 ? ` ${plural(left, 'more secret')} of these accounts: run the check command with "all".` : '';
  const come = now.length === 1 ? 'The report comes' : 'The reports come';
  const told = `Checking ${now.join(', ')} · ${integration}… ${come} ${card ? 'to the thread' : 'to you'}.${rest}`;
  return linesView([...overLines(incident, ask.person), say(told, 1500)]);
}

/** A button of a card from before the end still runs the check, and says that it is over. */
function overLines(incident: Incident, person: string): string[] {
  const { resolution } = incident;
  if (!resolution) return [];
  const over = { outcome: 'already', what: 'resolved', ...resolution, incident } as const;
  return outcomeLines([over], { word: 'acknowledge', by: person });
}

async function secretsOf(clicked: Clicked, incident: Incident): Promise<string[]> {
  const { desk } = clicked;
  const all = (await meansAll(clicked, incident))
    ? await desk.incidents.records.storm(incident.id)
    : [incident];
  const live = all.filter(({ state }) => state !== 'resolved');
  const known = (live.length > 0 ? live : [incident]).flatMap(
    ({ secret, breaks }) => secret ?? breaks?.secrets[0] ?? [],
  );
  if (known.length > 0) return [...new Set(known)];
  const { secrets } = await desk.known.all();
  const any = secrets.find((one) => one.integration === incident.integration)?.secret;
  return any === undefined ? [] : [any];
}
