import { moment } from './instant.ts';
import type { Told } from './told.ts';

type Row = { at: number; notes: string; by: string };

/**
 * Who changed a setting, and when, by the newest row of an audit that tells of it: ` (set 2026-11-23T17:02Z by jane)`.
 * Empty where the audit tells of none or cannot be read: the finding stands without it. Changes stand in notes as
 * `Field: old to new;`.
 */
export function setBy(audit: Told<readonly Row[]>, field: RegExp, to: 'true' | 'false'): string {
  if ('gap' in audit) return '';
  const row = audit.known.find(({ notes }) => notes.split(';').some((part) => tells(part, field, to)));
  return row ? ` (set ${moment(row.at)} by ${row.by})` : '';
}

function tells(part: string, field: RegExp, to: 'true' | 'false'): boolean {
  const [name = '', change = ''] = part.split(/:(.*)/s);
  const spoken = name.replaceAll(/\W/g, '');
  return (
    field.test(spoken) &&
    new RegExp(`to\\s+(${to === 'true' ? 'true|yes|on' : 'false|no|off'})\\s*$`, 'i').test(change)
  );
}

/** The secret's audit as `setBy` reads it. */
export function secretRows(
  audit: Told<readonly { at: number; notes: string; username: string; displayName: string }[]>,
): Told<Row[]> {
  if ('gap' in audit) return audit;
  return {
    known: audit.known.map(({ at, notes, username, displayName }) => ({
      at,
      notes,
      by: username || displayName,
    })),
  };
}
