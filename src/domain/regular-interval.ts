/** The interval of at least four failures that come like a clock's; a person or a scan has none. */
export function regularInterval(times: readonly number[]): number | null {
  const sorted = [...times].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((time, at) => time - (sorted[at] ?? time));
  if (gaps.length < 3) return null;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  if (mean < 1_000) return null;
  return gaps.every((gap) => Math.abs(gap - mean) <= Math.max(2_000, mean * 0.1)) ? mean : null;
}
