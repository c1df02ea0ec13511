/** The headings of all segments side by side. The n-th column of a heading is the same column in every segment. */
export function joinHeadings(segments: readonly { readonly headings: readonly string[] }[]) {
  const headings: string[] = [];
  const places: number[][] = [];
  for (const segment of segments) {
    const seen = new Map<string, number>();
    places.push(
      segment.headings.map((heading) => {
        const nth = (seen.get(heading) ?? 0) + 1;
        seen.set(heading, nth);
        const places = headings.flatMap((known, place) => (known === heading ? [place] : []));
        const place = places[nth - 1];
        if (place !== undefined) return place;
        headings.push(heading);
        return headings.length - 1;
      }),
    );
  }
  return { headings, placeOf: (segment: number, column: number) => places[segment]?.[column] ?? column };
}
