import type { ExportView, SegmentMatching, SegmentView } from '../../preload/contract/views.ts';

/** Profiles that the system before this one sent with one export (customer-insights-exports.md 8, 45). More is told. */
export const usualProfiles = 1_000_000;

type Segments = Readonly<Record<string, SegmentView>>;

const rowsOf = (segments: Segments, { segmentId }: SegmentMatching): number => segments[segmentId]?.rowCount ?? 0;

/** How many profiles an export has at the most: every row of its segments. */
export function mostProfiles(view: ExportView, segments: Segments): number {
  return view.segments.reduce((sum, segment) => sum + rowsOf(segments, segment), 0);
}

/** Whether a segment alone has too many rows: then it is cut by ranges of rows. */
export function hasLargeSegment(matchings: readonly SegmentMatching[], segments: Segments): boolean {
  return matchings.some((matching) => rowsOf(segments, matching) > usualProfiles);
}

/** Sizes in groups of at most {@link usualProfiles}, in their order, as places; one that alone is larger is a group. */
function groupSizes(sizes: readonly number[]): number[][] {
  const groups: number[][] = [];
  let room = 0;
  for (const [place, rows] of sizes.entries()) {
    const last = groups.at(-1);
    if (last === undefined || rows > room) {
      groups.push([place]);
      room = usualProfiles - rows;
    } else {
      last.push(place);
      room -= rows;
    }
  }
  return groups;
}

/** The segments of an export in groups of at most {@link usualProfiles} rows; one that alone has more is a group. */
export function splitBySize(matchings: readonly SegmentMatching[], segments: Segments): SegmentMatching[][] {
  const groups = groupSizes(matchings.map((matching) => rowsOf(segments, matching)));
  return groups.map((places) => places.flatMap((place) => matchings[place] ?? []));
}

/** How many groups there are once segments that are too large have been cut into parts of {@link usualProfiles} rows. */
export function countOfSplit(matchings: readonly SegmentMatching[], segments: Segments): number {
  const sizes = matchings.flatMap((matching) => {
    const rows = rowsOf(segments, matching);
    const parts = Math.max(1, Math.ceil(rows / usualProfiles));
    return Array.from({ length: parts }, (_, part) => Math.min(usualProfiles, rows - part * usualProfiles));
  });
  return groupSizes(sizes).length;
}
