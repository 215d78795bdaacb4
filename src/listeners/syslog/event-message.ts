import type { SettingChange } from '../../domain/vault-event.ts';

/** What `msg` says. Without `Event:` and `Action:` it is a System Log text, and all of it is `details`. */
export type EventMessage = {
  readonly type?: string;
  readonly action?: string;
  readonly user?: string;
  readonly item?: string;
  readonly itemId?: number;
  readonly container?: string;
  readonly details: string;
};

/** Names that other fields repeat, so that a name which holds a label of ours cannot be taken for one. */
export type KnownNames = { readonly user?: string | undefined; readonly item?: string | undefined };

type Part = 'user' | 'item' | 'container';
type Section = { readonly part: Part; readonly label: number; readonly from: number };

const opening = /^\s*\[{1,2}SecretServer\]{1,2} Event: \[([^\]]*)\] Action: \[([^\]]*)\]/i;
const detailsLabel = ' Details: ';

/** In the order sent. 11.7 writes `name` in lower case. */
const parts: readonly { part: Part; spellings: readonly string[] }[] = [
  { part: 'user', spellings: [' By User: '] },
  { part: 'item', spellings: [' Item Name: ', ' Item name: '] },
  { part: 'container', spellings: [' Container Name: ', ' Container name: '] },
];

/** Reads `[[SecretServer]] Event: [User] Action: [Edit] By User: u Item Name: n (Item Id: 1) … Details:  text`. */
export function eventMessage(text: string, known: KnownNames = {}): EventMessage {
  const head = opening.exec(text);
  if (!head) return { details: text.trim() };
  const sections: Section[] = [];
  let at = head[0].length;
  let detailsAt = text.indexOf(detailsLabel, at);
  for (const { part, spellings } of parts) {
    const section = locate(text, { at, detailsAt }, part, spellings);
    if (!section) continue;
    sections.push(section);
    at = section.from + knownLength(text, section, known);
    // A name may itself hold the label.
    if (detailsAt >= 0 && detailsAt < at) detailsAt = text.indexOf(detailsLabel, at);
  }
  const end = detailsAt < 0 ? text.length : detailsAt;
  return {
    type: head[1] ?? '',
    action: head[2] ?? '',
    ...values(text, sections, end),
    details: detailsAt < 0 ? '' : text.slice(detailsAt + detailsLabel.length).trim(),
  };
}

/** What stands after `Details:` is free text: a label found there is none. */
function locate(
  text: string,
  { at, detailsAt: details }: { at: number; detailsAt: number },
  part: Part,
  spellings: readonly string[],
): Section | undefined {
  for (const spelling of spellings) {
    const label = text.indexOf(spelling, at);
    if (label >= 0 && (details < 0 || label < details)) return { part, label, from: label + spelling.length };
  }
  return undefined;
}

function knownLength(text: string, { part, from }: Section, known: KnownNames): number {
  const name = part === 'container' ? undefined : known[part];
  return name && text.startsWith(name, from) ? name.length : 0;
}

function values(text: string, sections: readonly Section[], end: number): Partial<EventMessage> {
  const found: { -readonly [Key in keyof EventMessage]?: EventMessage[Key] } = {};
  for (const [index, { part, from }] of sections.entries()) {
    const { name, id } = withId(text.slice(from, sections[index + 1]?.label ?? end).trim());
    if (name !== '') found[part] = name;
    if (part === 'item' && id !== undefined) found.itemId = id;
  }
  return found;
}

/** `NAME (Item Id: 12)`; some versions lose the blank, older ones have no id. */
function withId(text: string): { name: string; id?: number } {
  if (!text.endsWith(')')) return { name: text };
  const found = / ?\((?:Item|Container) Id: (\d{1,15})\)$/.exec(text);
  return found ? { name: text.slice(0, found.index), id: Number(found[1]) } : { name: text };
}

/** Settings are named by words; a colon within a sentence names none. */
const settingName = /^[\w .()-]{1,60}$/;

/** What an edit changed: `LoginFailures: 4 to 5; IsLockedOut: false to true;`. Other texts give nothing. */
export function settingChanges(details: string): SettingChange[] {
  if (!details.includes(' to ')) return [];
  return details.split(';').flatMap((piece) => {
    const colon = piece.indexOf(': ');
    const middle = piece.indexOf(' to ', colon);
    if (colon < 0 || middle < 0) return [];
    const setting = piece.slice(0, colon).trim();
    if (!settingName.test(setting)) return [];
    return [{ setting, from: piece.slice(colon + 2, middle).trim(), to: piece.slice(middle + 4).trim() }];
  });
}
