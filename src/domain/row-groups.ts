import type { ReportedCheck } from './report.ts';

/** Rows that one answer covers: several only where they are unknown for the very same gaps. */
export type RowGroup = [ReportedCheck, ...ReportedCheck[]];

/** Puts neighbours that are unknown for the same reason together, so that the reason is read once. */
export function rowGroups(rows: readonly ReportedCheck[]): RowGroup[] {
  const groups: RowGroup[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last && sharesGaps(last[0], row)) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

function sharesGaps(one: ReportedCheck, other: ReportedCheck): boolean {
  const areUnknown = one.verdict === 'unknown' && other.verdict === 'unknown';
  return areUnknown && JSON.stringify(one.gaps) === JSON.stringify(other.gaps);
}
