import type { Instant } from '../../domain/instant.ts';
import type { Element } from './element.ts';
import { qualysGap } from './gaps.ts';

/** The first child that has one of these names, in the order of the names. */
export function child(element: Element | undefined, ...names: string[]): Element | undefined {
  for (const name of names) {
    const found = element?.children.find((one) => one.name === name);
    if (found) return found;
  }
  return undefined;
}

/** All elements below that fit, wherever they lie; what lies inside one of them is its own. */
export function below(element: Element | undefined, fits: (name: string) => boolean): Element[] {
  return (element?.children ?? []).flatMap((one) => (fits(one.name) ? [one] : below(one, fits)));
}

/** What an answer has around its list. */
const frame = /^(DATETIME|STATUS|COUNT|REQUEST|WARNING|WARNING_LIST|GLOSSARY)$/;

/**
 * The items of a list, wherever they lie. One that is empty has nothing in it; one that holds anything else (ids alone,
 * items by another name) is `malformed`: it must not be taken for an empty one.
 */
export function itemsOf(response: Element, fits: (name: string) => boolean): Element[] {
  const found = below(response, fits);
  const other = response.children.find((one) => !frame.test(one.name) && one.children.length > 0);
  if (found.length === 0 && other)
    throw qualysGap(
      'malformed',
      `Qualys answered in an unknown form: ${other.name} holds none of what was asked for`,
    );
  return found;
}

/** The text of a child, or null where it is absent or empty. `N/A` is how the vendor writes nothing. */
export function text(element: Element | undefined, ...names: string[]): string | null {
  const written = child(element, ...names)?.text ?? '';
  return written === '' || written === 'N/A' ? null : written;
}

export function neededText(element: Element, ...names: string[]): string {
  return text(element, ...names) ?? misses(element, names);
}

export function wholeNumber(element: Element, ...names: string[]): number | null {
  const written = text(element, ...names);
  if (written === null) return null;
  const [digits] = /^\d{1,15}(?= seconds$|$)/.exec(written) ?? [];
  return digits === undefined ? strange(element, names) : Number(digits);
}

export function neededNumber(element: Element, ...names: string[]): number {
  return wholeNumber(element, ...names) ?? misses(element, names);
}

/** A time, as text or as a `DATETIME` child: both are on record. Null where it is absent. */
export function moment(element: Element, ...names: string[]): Instant | null {
  const written = text(child(element, ...names), 'DATETIME') ?? text(element, ...names);
  if (written === null) return null;
  const isDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)$/.test(written);
  const at = isDate ? Date.parse(written) : Number.NaN;
  return Number.isNaN(at) ? strange(element, names) : at;
}

export function neededMoment(element: Element, ...names: string[]): Instant {
  return moment(element, ...names) ?? misses(element, names);
}

/** `00:10:11`, also with `2 days` before it. Null where it is absent or in other words. */
export function durationMs(element: Element, name: string): number | null {
  const written = /^(?:(\d+) days? )?(\d+):(\d\d):(\d\d)$/.exec(text(element, name) ?? '');
  if (!written) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = written.slice(1).map((one) => Number(one ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

function misses(element: Element, names: string[]): never {
  throw qualysGap('malformed', `Qualys answered in an unknown form: ${element.name} has no ${names[0]}`);
}

function strange(element: Element, names: string[]): never {
  throw qualysGap(
    'malformed',
    `Qualys answered in an unknown form: ${names[0]} of ${element.name} cannot be read`,
  );
}
