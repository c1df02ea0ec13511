import type { Inspection } from './types.ts';

/** How the parts of a segment fit together. */
export interface PartColumns {
  /** Headings of the whole. */
  readonly columns: readonly string[];
  /** For each part: from which of its columns each column of the whole comes; null when the part has no such column. */
  readonly sources: readonly (readonly (number | null)[])[];
}

/**
 * Joins the columns of a segment's parts: by heading (the nth of several like ones with the nth), in the order of their first appearance. A part
 * without headings that is as wide as the first part has the first part's columns.
 */
export function joinColumns(parts: readonly Pick<Inspection, 'columns' | 'headerLine' | 'format'>[]): PartColumns {
  const columns: string[] = [...(parts[0]?.columns ?? [])];
  const keys = numbered(columns);
  const positions: number[][] = parts.map((part, i) => {
    const nameless = part.headerLine === null && (part.format === 'csv' || part.format === 'xlsx');
    if (i === 0 || (nameless && part.columns.length === parts[0]?.columns.length))
      return part.columns.map((_, at) => at);
    return numbered(part.columns).map((key, at) => {
      const known = keys.indexOf(key);
      if (known >= 0) return known;
      keys.push(key);
      columns.push(part.columns[at] ?? '');
      return keys.length - 1;
    });
  });
  const sources = positions.map((places) => columns.map((_, i) => (places.includes(i) ? places.indexOf(i) : null)));
  return { columns, sources };
}

/** Headings made unique by their turn. */
function numbered(headings: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return headings.map((heading) => {
    const key = heading.trim();
    const turn = (seen.get(key) ?? 0) + 1;
    seen.set(key, turn);
    return `${turn} ${key}`;
  });
}
