/** How a table is sorted: by which of its columns, and which way. */
export interface TableSort {
  readonly column: string;
  readonly descending: boolean;
}

const keyOf = (table: string): string => `segue.sort.${table}`;

/** How the person left the table sorted, on this computer; `first` until they have sorted it. */
export function rememberedSort(table: string, first: TableSort, columns: readonly string[]): TableSort {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(table)) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('column' in kept) || !('descending' in kept)) return first;
    const { column, descending } = kept;
    return typeof column === 'string' && columns.includes(column) ? { column, descending: descending === true } : first;
  } catch {
    return first;
  }
}

/** Keeps a sorting for the next time; where nothing can be kept, it holds as long as the screen. */
export function rememberSort(table: string, sort: TableSort): void {
  try {
    localStorage.setItem(keyOf(table), JSON.stringify(sort));
  } catch {
    // The browser keeps nothing here: then the first sorting comes back.
  }
}
