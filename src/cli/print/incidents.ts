import type { PublicIncident } from '../../domain/public-incident.ts';
import type { Style } from '../terminal.ts';
import { painter } from './paint.ts';
import { hanging, localMoment, localText, plainText } from './text.ts';

const colours = { open: 'red', acknowledged: 'cyan', snoozed: 'gray', resolved: 'green' } as const;

/** Each incident in a line, with who has it and its probable cause under it. */
export function printIncidents(incidents: readonly PublicIncident[], style: Style): string {
  if (incidents.length === 0) return 'No incidents.\n';
  const paint = painter(style.colour);
  const lines = incidents.flatMap((one) => {
    const what = [one.kind, one.account ?? one.secret ?? '', one.integration].filter(Boolean).join(' · ');
    const head = `${paint(colours[one.state], one.state.toUpperCase())}  ${plainText(what)} — since ${localMoment(one.openedAt, style.timeZone)}`;
    const small = [
      ownerOf(one),
      one.cause && `probably: ${one.cause.text} (${one.cause.confidence} confidence)`,
    ];
    const told = small.flatMap((text) => text || []);
    return [
      head,
      ...told.map((text) => hanging('  ', localText(plainText(text), style.timeZone), style.width)),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function ownerOf({ acknowledgedBy, snoozedUntil, resolvedBy }: PublicIncident): string {
  if (resolvedBy !== null) return `resolved by ${resolvedBy}`;
  const owner = acknowledgedBy === null ? 'nobody has it' : `${acknowledgedBy} has it`;
  return snoozedUntil === null ? owner : `${owner}, snoozed until ${snoozedUntil.slice(0, 16)}Z`;
}
