import path from 'node:path';
import { openDuckDb, quoteName } from '../../segments/duckdb.ts';
import { fileMentions } from './loose-files.ts';
import { anyMentions } from './parquet-files.ts';
import type { Search } from './place.ts';

/**
 * How many rows of a run's plan mention the address: whoever is to be taken off a list stands there and in no file of the
 * run. A plan that a crash left half made, and that does not open, is looked through by its bytes.
 */
export async function countPlanMentions(search: Search, file: string): Promise<number> {
  const { tempFolder, memoryLimitMb } = search;
  const folder = path.dirname(file);
  const db = await openDuckDb({
    file,
    tempFolder,
    memoryLimitMb,
    threads: 2,
    readable: [folder],
    writable: [folder],
  }).catch(() => null);
  if (db === null) return (await fileMentions(file, search.pattern.address)) ? 1 : 0;
  try {
    const columns = new Map<string, string[]>();
    for (const [table, column] of await db.table(
      "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND data_type = 'VARCHAR'",
    )) {
      columns.set(String(table), [...(columns.get(String(table)) ?? []), String(column)]);
    }
    let rows = 0;
    for (const [table, names] of columns) {
      const [row] = await db.table(`SELECT count(*) FROM ${quoteName(table)} WHERE ${anyMentions(search, names)}`);
      rows += Number(row?.[0] ?? 0);
    }
    return rows;
  } finally {
    db.close();
  }
}
