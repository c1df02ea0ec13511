import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DuckDb, openDuckDb } from '../segments/duckdb.ts';

/** A DuckDB whose fence holds one folder of its own, with what tests of the engine's SQL need. */
export class StageFixture {
  readonly db: DuckDb;
  readonly folder: string;
  #made = 0;

  private constructor(db: DuckDb, folder: string) {
    this.db = db;
    this.folder = folder;
  }

  static async open(): Promise<StageFixture> {
    const folder = mkdtempSync(path.join(tmpdir(), 'segue-stage-'));
    const db = await openDuckDb({
      tempFolder: folder,
      memoryLimitMb: 200,
      threads: 1,
      readable: [folder],
      writable: [folder],
    });
    return new StageFixture(db, folder);
  }

  /** Writes rows as a stage; answers its file. '' is an empty cell, null one that a short row lacks. */
  async write(rows: readonly (readonly (string | null)[])[], columns = rows[0]?.length ?? 1): Promise<string> {
    this.#made += 1;
    const file = path.join(this.folder, `stage-${this.#made}.parquet`);
    const cells = Array.from({ length: columns }, (_, index) => `cells[${index + 1}] AS c${index}`);
    await this.db.run(
      `CREATE OR REPLACE TEMP TABLE staged AS SELECT i AS row_number, ${cells.join(', ')}
       FROM (SELECT i, given[i] AS cells FROM (SELECT from_json($1, '[["VARCHAR"]]') AS given), range(1, ${rows.length + 1}) t(i))`,
      [JSON.stringify(rows)],
    );
    await this.db.run(
      `COPY (SELECT * EXCLUDE (row_number) FROM staged ORDER BY row_number) TO '${file}' (FORMAT parquet)`,
    );
    return file;
  }

  close(): void {
    this.db.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
