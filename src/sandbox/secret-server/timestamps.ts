/** What Secret Server writes where a date is not set. */
export const noDate = '0001-01-01T00:00:00';

/** A timestamp as the API writes it: the wall clock of the server's zone, no offset, no trailing zeros. */
export function timestamp(at: number | null, timeZone: string): string {
  if (at === null) return noDate;
  const wall = new Date(at + zoneOffset(at, timeZone)).toISOString().slice(0, -1);
  return wall.replace(/\.?0+$/, '');
}

/** Milliseconds that the zone is ahead of UTC at that moment. */
function zoneOffset(at: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const whole = Math.floor(at / 1000) * 1000;
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${wall.format(whole).replace(' ', 'T')}Z`) - whole;
}
