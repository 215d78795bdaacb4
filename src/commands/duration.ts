import { dayMs, hourMs, minuteMs } from '../domain/instant.ts';

const units: Readonly<Record<string, number>> = { s: 1000, m: minuteMs, h: hourMs, d: dayMs };
const longestDays = 400;

/** `90s`, `15m`, `12h`, `7d` in milliseconds; null for anything else, for nothing and for more than 400 days. */
export function parseDuration(text: string): number | null {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhd])$/i.exec(text) ?? [];
  const ms = Number(count) * (units[unit.toLowerCase()] ?? 0);
  return ms > 0 && ms <= longestDays * dayMs ? ms : null;
}
