/** From 1601, where FILETIME begins, to 1970, in milliseconds. */
const epochMs = 11_644_473_600_000n;
/** FILETIME counts steps of 100 ns. */
const stepsPerMs = 10_000n;
/** The largest FILETIME, by which Active Directory says "never". */
const never = 9_223_372_036_854_775_807n;

/** The moment of a FILETIME, or null for either of its ways to say "never" (0 and the largest number). */
export function instantOfFiletime(filetime: bigint): number | null {
  if (filetime <= 0n || filetime >= never) return null;
  return Number(filetime / stepsPerMs - epochMs);
}

/** The moment of a GeneralizedTime as directories write it (`20261124020224.0Z`), or null for anything else. */
export function instantOfGeneralizedTime(text: string): number | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[.,]\d+)?Z$/.exec(text) ?? [];
  if (year === undefined) return null;
  return Date.UTC(+year, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
