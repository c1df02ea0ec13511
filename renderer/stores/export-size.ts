import type { ExportView, SegmentMatching, SegmentView } from '../../preload/contract/views.ts';

/** Profiles that the system before this one sent with one export (customer-insights-exports.md 8, 45). More is told. */
export const usualProfiles = 1_000_000;

type Segments = Readonly<Record<string, SegmentView>>;

const rowsOf = (segments: Segments, { segmentId }: SegmentMatching): number => segments[segmentId]?.rowCount ?? 0;

/** How many profiles an export has at the most: every row of its segments. */
export function mostProfiles(view: ExportView, segments: Segments): number {
  return view.segments.reduce((sum, segment) => sum + rowsOf(segments, segment), 0);
}

/**
 * The segments of an export in groups of at most {@link usualProfiles} rows, in their order; a segment that alone has
 * more makes a group by itself. One group: there is nothing to split.
 */
export function splitBySize(matchings: readonly SegmentMatching[], segments: Segments): SegmentMatching[][] {
  const groups: SegmentMatching[][] = [];
  let room = 0;
  for (const matching of matchings) {
    const rows = rowsOf(segments, matching);
    const last = groups.at(-1);
    if (last === undefined || rows > room) {
      groups.push([matching]);
      room = usualProfiles - rows;
    } else {
      last.push(matching);
      room -= rows;
    }
  }
  return groups;
}
