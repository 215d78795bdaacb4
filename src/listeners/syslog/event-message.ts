import type { SettingChange } from '../../domain/vault-event.ts';

/** What `msg` says. Without `Event:` and `Action:` it is a System Log text, and all of it is `details`. */
export type EventMessage = {
  readonly type?: string;
  readonly action?: string;
  readonly user?: string | undefined;
  readonly item?: string | undefined;
  readonly itemId?: number | undefined;
  readonly container?: string | undefined;
  readonly details: string;
};

/** Names that other fields repeat, so that a name which holds a label of ours cannot be taken for one. */
export type KnownNames = { readonly user?: string | undefined; readonly item?: string | undefined };

const opening = /^\s*\[{1,2}SecretServer\]{1,2} Event: \[([^\]]*)\] Action: \[([^\]]*)\]/i;
const detailsLabel = ' Details: ';
const userLabel = ' By User: ';

/** 11.7 writes `name` in lower case. */
const itemLabels = [' Item Name: ', ' Item name: '] as const;
const containerLabels = [' Container Name: ', ' Container name: '] as const;

/** Reads `[[SecretServer]] Event: [User] Action: [Edit] By User: u Item Name: n (Item Id: 1) … Details:  text`. */
export function eventMessage(text: string, known: KnownNames = {}): EventMessage {
  const head = opening.exec(text);
  if (!head) return { details: text.trim() };
  const start = { at: head[0].length, details: text.indexOf(detailsLabel, head[0].length) };
  const user = labelled(text, start, [userLabel], known.user);
  const item = labelled(text, user.rest, itemLabels, known.item);
  const container = labelled(text, item.rest, containerLabels, undefined);
  const { details } = container.rest;
  const end = details < 0 ? text.length : details;
  const containerAt = container.label < 0 ? end : container.label;
  const { name, id } = named(text, item, containerAt);
  return {
    type: head[1] ?? '',
    action: head[2] ?? '',
    user: named(text, user, item.label < 0 ? containerAt : item.label).name,
    item: name,
    itemId: id,
    container: named(text, container, end).name,
    details: details < 0 ? '' : text.slice(details + detailsLabel.length).trim(),
  };
}

/** From where labels are looked for, and where `Details:` stands, or -1. */
type Rest = { readonly at: number; readonly details: number };

/** Where a label and its value start (-1: nowhere), and what is left to read behind. */
type Labelled = { readonly label: number; readonly from: number; readonly rest: Rest };

/** What stands after `Details:` is free text: a label found there is none. */
function labelled(
  text: string,
  rest: Rest,
  spellings: readonly string[],
  known: string | undefined,
): Labelled {
  for (const spelling of spellings) {
    const label = text.indexOf(spelling, rest.at);
    if (label < 0 || (rest.details >= 0 && label > rest.details)) continue;
    const from = label + spelling.length;
    const at = known && text.startsWith(known, from) ? from + known.length : from;
    // A name may itself hold the label of the details.
    const details = rest.details >= 0 && rest.details < at ? text.indexOf(detailsLabel, at) : rest.details;
    return { label, from, rest: { at, details } };
  }
  return { label: -1, from: -1, rest };
}

/** `NAME (Item Id: 12)`; some versions lose the blank, older ones have no id. */
function named(text: string, { from }: Labelled, end: number): { name?: string; id?: number } {
  const whole = from < 0 ? '' : text.slice(from, end).trim();
  if (!whole.endsWith(')')) return whole === '' ? {} : { name: whole };
  const found = / ?\((?:Item|Container) Id: (\d{1,15})\)$/.exec(whole);
  if (!found) return { name: whole };
  const id = Number(found[1]);
  return found.index === 0 ? { id } : { name: whole.slice(0, found.index), id };
}

/** Settings are named by words; a colon within a sentence names none. */
const settingName = /^[\w .()-]{1,60}$/;

/**
 * What an edit changed: `LoginFailures: 4 to 5; IsLockedOut: false to true;`. Other texts give nothing. Goes from
 * ` to ` to ` to `, which most texts lack, and never looks at a part twice, whoever wrote it.
 */
export function settingChanges(details: string): SettingChange[] {
  const changes: SettingChange[] = [];
  let to = details.indexOf(' to ');
  while (to >= 0) {
    const start = details.lastIndexOf(';', to) + 1;
    const colon = details.indexOf(': ', start);
    if (colon < 0) return changes;
    if (colon > to) {
      to = details.indexOf(' to ', colon);
      continue;
    }
    const semicolon = details.indexOf(';', to);
    const end = semicolon < 0 ? details.length : semicolon;
    const setting = details.slice(start, colon).trim();
    if (settingName.test(setting)) {
      changes.push({
        setting,
        from: details.slice(colon + 2, to).trim(),
        to: details.slice(to + 4, end).trim(),
      });
    }
    to = details.indexOf(' to ', end);
  }
  return changes;
}
