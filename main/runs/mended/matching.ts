import { joinHeadings } from '../../segments/join-headings.ts';
import { runMark } from '../../segments/rejected-rows-mark.ts';
import type { RunSegment } from '../../store/runs.ts';

/** A run's segment over the columns of a file of its rejected rows. */
export interface MendedMatching {
  readonly fieldMap: RunSegment['fieldMap'];
  /** Fields that were matched in the run and whose column is not in the file, with its heading. */
  readonly lost: readonly { readonly field: string; readonly heading: string }[];
}

/**
 * Finds the columns that a run had matched in a file of its rejected rows, by heading, the nth of several like ones as
 * the nth. Where some of several like ones are gone nobody can tell which: then all of them count as lost.
 */
export function matchMended(segments: readonly RunSegment[], headings: readonly string[]): MendedMatching[] {
  const written = joinHeadings(segments);
  const mark = runMark(headings)?.column ?? -1;
  const placesOf = (heading: string, among: readonly string[]): number[] =>
    among.flatMap((other, place) => (place !== mark && other.trim() === heading.trim() ? [place] : []));
  return segments.map((segment, position) => {
    const found = segment.fieldMap.map((match) => {
      const heading = segment.headings[match.columnIndex] ?? '';
      const before = written.headings.flatMap((other, place) => (other.trim() === heading.trim() ? [place] : []));
      const now = placesOf(heading, headings);
      const turn = before.indexOf(written.placeOf(position, match.columnIndex));
      const columnIndex = before.length === now.length ? now[turn] : undefined;
      return { match, heading, columnIndex };
    });
    return {
      fieldMap: found.flatMap(({ match, columnIndex }) =>
        columnIndex === undefined ? [] : [{ ...match, columnIndex }],
      ),
      lost: found.flatMap(({ match, heading, columnIndex }) =>
        columnIndex === undefined ? [{ field: match.field, heading }] : [],
      ),
    };
  });
}
