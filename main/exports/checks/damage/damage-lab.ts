import { StageFixture } from '../../../test-support/stage-fixture.ts';
import type { CellCheck, CellSql } from '../cell-check.ts';

/** A cell as a check sees it. */
export interface Looked {
  readonly cell: string;
  readonly found: boolean;
  /** What the repair makes of it; null when it is not found, or cannot be mended. */
  readonly mended: string | null;
  /** Whether it would have been looked at closely. */
  readonly glanced: boolean;
}

/** Rows by field: the one looked at and those beside it. */
export type LabRow = Readonly<Record<string, string>>;

/** Tries single checks on cells in a real DuckDB. For tests. */
export class DamageLab {
  readonly #fixture: StageFixture;

  private constructor(fixture: StageFixture) {
    this.#fixture = fixture;
  }

  static async open(): Promise<DamageLab> {
    return new DamageLab(await StageFixture.open());
  }

  close(): void {
    this.#fixture.close();
  }

  /** Each row's cell of `field`, looked at by one check, in order. */
  async look(check: CellCheck, field: string, rows: readonly LabRow[]): Promise<Looked[]> {
    const fields = [...new Set([field, ...rows.flatMap((row) => Object.keys(row))])];
    const column = (name: string) => `list_extract(cells, ${fields.indexOf(name) + 1})`;
    const query = (name: string) => `SELECT nullif(${column(name)}, '') AS cell FROM lab`;
    const around: CellSql = {
      field,
      cell: 'cell',
      match: { field, columnIndex: 0 },
      other: (name) => (fields.includes(name) ? `nullif(${column(name)}, '')` : null),
      everyCell: (name) => (fields.includes(name) ? query(name) : null),
    };
    await this.#fixture.db.run(
      `CREATE OR REPLACE TEMP TABLE lab AS SELECT i, given[i] AS cells
       FROM (SELECT from_json($1, '[["VARCHAR"]]') AS given), range(1, ${rows.length + 1}) t(i)`,
      [JSON.stringify(rows.map((row) => fields.map((name) => row[name] ?? '')))],
    );
    const found = `coalesce(${check.recognise(around)}, false)`;
    const mended = check.mend === undefined ? 'NULL::VARCHAR' : check.mend(around);
    const glanced = check.glance?.('cell', field).join(' OR ') ?? 'true';
    const looked = await this.#fixture.db.rows(
      `SELECT cell, found, CASE WHEN found THEN ${mended} END AS mended, coalesce(${glanced}, false) AS glanced FROM (
         SELECT *, ${found} AS found FROM (SELECT i, cells, nullif(${column(field)}, '') AS cell FROM lab)
       ) ORDER BY i`,
    );
    return looked.map((row) => ({
      cell: String(row.cell ?? ''),
      found: row.found === true,
      mended: typeof row.mended === 'string' ? row.mended : null,
      glanced: row.glanced === true,
    }));
  }
}
