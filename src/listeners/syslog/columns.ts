/** Reading times by their columns: a pattern costs several times as much, and every line has two times. */

const zero = 48;
const colon = 58;

/** The number that two digits at `at` write, or NaN. */
export function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero;
  const ones = text.charCodeAt(at + 1) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** `HH:MM:SS` at `at` as milliseconds since midnight, or NaN. A leap second is one of the next minute. */
export function timeOfDay(text: string, at: number): number {
  if (text.charCodeAt(at + 2) !== colon || text.charCodeAt(at + 5) !== colon) return Number.NaN;
  return timeOfDayMs(twoDigits(text, at), twoDigits(text, at + 3), twoDigits(text, at + 6));
}

/** Milliseconds since midnight, or NaN for what no clock shows. */
export function timeOfDayMs(hours: number, minutes: number, seconds: number): number {
  const possible = hours < 24 && minutes < 60 && seconds <= 60;
  return possible ? ((hours * 60 + minutes) * 60 + seconds) * 1000 : Number.NaN;
}
