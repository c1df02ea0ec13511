import type { Store } from './open-store.ts';

interface StoredMatch {
  readonly exportId: string;
  readonly field: string;
  readonly columnIndex: number;
  readonly heading: string;
}

/**
 * Lets the matching of every export follow a segment whose columns have moved: by heading, the nth of several like ones
 * with the nth. A match whose heading is gone is left as it is: its column no longer has that heading, by which one sees
 * that it has to be matched anew. Answers whether anything moved.
 */
export function moveMatches(
  store: Store,
  segmentId: string,
  before: readonly string[],
  after: readonly string[],
): boolean {
  return store.transaction(() => {
    const matches = store
      .prepare(
        'SELECT export_id AS exportId, field, column_index AS columnIndex, heading FROM field_map WHERE segment_id = ?',
      )
      .all(segmentId) as StoredMatch[];
    const move = store.prepare(
      'UPDATE field_map SET column_index = ? WHERE export_id = ? AND segment_id = ? AND field = ?',
    );
    let moved = false;
    for (const { exportId, field, columnIndex, heading } of matches) {
      const to = placeOf(heading, turnOf(heading, columnIndex, before), after);
      if (to === -1 || to === columnIndex) continue;
      move.run(to, exportId, segmentId, field);
      moved = true;
    }
    return moved;
  })();
}

/** How many columns of the same heading stand before one. */
const turnOf = (heading: string, columnIndex: number, headings: readonly string[]): number =>
  headings.slice(0, columnIndex).filter((other) => other === heading).length;

/** Where the column of that heading and turn stands, -1 when there is none. */
function placeOf(heading: string, turn: number, headings: readonly string[]): number {
  const places = headings.flatMap((other, index) => (other === heading ? [index] : []));
  return places[turn] ?? -1;
}
