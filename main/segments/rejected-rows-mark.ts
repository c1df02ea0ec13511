// How a file of rejected rows says where it comes from. The heading of its last column names the run, each cell below it
// the row: content survives a file being renamed, sorted, cut down and saved by a spreadsheet; names do not.

const heading = /\bsegue\b.*?\b([0-9a-f]{8})\b/i;

/** The number of a rejected row at the end of its reason: `… (#17)`. RE2 and JavaScript read it alike. */
export const rowMarkPattern = '#([0-9]{1,9})[^0-9]*$';

/** What stands for a run in a heading. */
export const shortRunId = (runId: string): string => runId.slice(0, 8);

/** A reason with the number of its row among the run's rejected rows. */
export const markedReason = (reason: string, rowId: number): string => `${reason} (#${rowId})`;

/** The number that {@link markedReason} wrote, null when the cell has none. */
export function markedRow(cell: string | null): number | null {
  const [, number] = new RegExp(rowMarkPattern).exec(cell ?? '') ?? [];
  return number === undefined ? null : Number(number);
}

/** The column whose heading names a run, and the run's short id in it; null for a file of any other kind. */
export function runMark(headings: readonly string[]): { readonly column: number; readonly shortId: string } | null {
  for (let column = headings.length - 1; column >= 0; column -= 1) {
    const [, shortId] = heading.exec(headings[column] ?? '') ?? [];
    if (shortId !== undefined) return { column, shortId: shortId.toLowerCase() };
  }
  return null;
}
