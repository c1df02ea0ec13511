/** What a column sorts by: null stands for "nothing there" and comes last, whichever way is sorted. */
export type SortValue = string | number | null;

/** Rows in the order of their values; rows of the same value keep the order they came in. */
export function sortRecords<Row>(
  rows: readonly Row[],
  valueIn: (row: Row) => SortValue,
  descending: boolean,
  locale: string,
): Row[] {
  const words = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const way = descending ? -1 : 1;
  const valued = rows.map((row) => ({ row, value: valueIn(row) }));
  valued.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    if (typeof a.value === 'number' && typeof b.value === 'number') return (a.value - b.value) * way;
    return words.compare(String(a.value), String(b.value)) * way;
  });
  return valued.map(({ row }) => row);
}

/** Letters without their marks and case, so that `elodie` finds `Élodie`. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Rows in whose texts every word of `search` is found, in any order. */
export function searchRecords<Row>(rows: readonly Row[], textsOf: (row: Row) => readonly string[], search: string) {
  const words = plain(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = plain(textsOf(row).join('\n'));
    return words.every((word) => text.includes(word));
  });
}
