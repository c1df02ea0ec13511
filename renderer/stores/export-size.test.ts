import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countOfSplit, hasLargeSegment, splitBySize, usualProfiles } from './export-size.ts';
import { segmentView } from './testing.ts';

const given = (counts: readonly number[]) => ({
  matchings: counts.map((_, index) => ({ segmentId: String(index), fieldMap: [] })),
  segments: Object.fromEntries(
    counts.map((rowCount, index) => [String(index), segmentView({ segmentId: String(index), rowCount })]),
  ),
});

it('F45 more than a million profiles are told, and can be exported in parts of a million that keep segments together', () => {
  const { matchings, segments } = given([600_000, 400_000, 1, 1_500_000, 5, 5]);
  const groups = splitBySize(matchings, segments).map((group) => group.map(({ segmentId }) => segmentId));
  expect(groups).toEqual([['0', '1'], ['2'], ['3'], ['4', '5']]);
});

it('loses no segment, and makes no group too large unless a single segment is', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 1_400_000 }), { maxLength: 12 });
  fc.assert(
    fc.property(counts, (sizes) => {
      const { matchings, segments } = given(sizes);
      const groups = splitBySize(matchings, segments);
      expect(groups.flat()).toEqual(matchings);
      for (const group of groups) {
        const rows = group.reduce((sum, { segmentId }) => sum + (sizes[Number(segmentId)] ?? 0), 0);
        expect(group.length === 1 || rows <= usualProfiles).toBe(true);
      }
    }),
  );
});

it('knows how many exports there will be once a segment is cut by rows', () => {
  const { matchings, segments } = given([2_400_000, 500_000, 700_000]);
  expect(hasLargeSegment(matchings, segments)).toBe(true);
  // 1,000,000 | 1,000,000 | 400,000 + 500,000 | 700,000
  expect(countOfSplit(matchings, segments)).toBe(4);
  expect(countOfSplit(given([600_000, 500_000]).matchings, given([600_000, 500_000]).segments)).toBe(2);
});
