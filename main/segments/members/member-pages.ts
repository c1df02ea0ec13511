import { type DuckDb, type DuckDbParameter, quoteText } from '../duckdb.ts';
import { stageRows } from '../stage-rows.ts';
import { looksLikeFormula } from './formula-cells.ts';

/** A stage and how many columns it has. */
export interface MemberStage {
  readonly stageFile: string;
  readonly columnCount: number;
}

/** A type, not an interface: it crosses to a thread. */
export type MemberQuery = MemberStage & {
  /** Every word of it stands somewhere in the row, whatever its case and marks; '' finds all. */
  readonly search: string;
  /** The only column that is looked through; null for all. */
  readonly column: number | null;
  /** The row after which the page begins; 0 at first. */
  readonly after: number;
  readonly limit: number;
};

export interface MemberPage {
  /** Cells as they stand in the file; null is one that a short row lacks. */
  readonly members: { readonly rowNumber: number; readonly cells: (string | null)[] }[];
  /** How many rows of the whole segment are found. */
  readonly found: number;
  /** Null when this was the last page. */
  readonly next: number | null;
}

const cellNames = (count: number): string[] => Array.from({ length: count }, (_, index) => `c${index}`);

/** A page of a segment's rows in file order. */
export async function pageMembers(db: DuckDb, query: MemberQuery): Promise<MemberPage> {
  const { stageFile, columnCount, column, after, limit } = query;
  const cells = cellNames(columnCount);
  const words = query.search.split(/\s+/).filter(Boolean);
  const looked = column === null ? cells : cells.slice(column, column + 1);
  const text = `strip_accents(lower(concat_ws(chr(10), ${looked.join(', ')})))`;
  const wanted = words.map((_, index) => `contains(${text}, strip_accents(lower($${index + 1})))`);
  const where = ['true', ...(looked.length === 0 ? ['false'] : wanted)].join(' AND ');
  const parameters: DuckDbParameter[] = words;
  const from = stageRows(stageFile);
  const rows = await db.table(
    `SELECT row_number, ${cells.join(', ')} FROM ${from} WHERE ${where} AND row_number > ${after}
     ORDER BY row_number LIMIT ${limit + 1}`,
    parameters,
  );
  const [counted] = await db.table(`SELECT count(*) FROM ${from} WHERE ${where}`, parameters);
  const members = rows.slice(0, limit).map(([rowNumber, ...values]) => ({
    rowNumber: Number(rowNumber),
    cells: values.map((value) => (value === null ? null : String(value))),
  }));
  const last = members.at(-1);
  return {
    members,
    found: Number(counted?.[0] ?? 0),
    next: rows.length > limit && last !== undefined ? last.rowNumber : null,
  };
}

/** How many cells of stages a spreadsheet would take for formulas, and the first of them. */
export async function countFormulas(
  db: DuckDb,
  stages: readonly MemberStage[],
): Promise<{ cells: number; example: string | null }> {
  let cells = 0;
  let example: string | null = null;
  for (const { stageFile, columnCount } of stages) {
    const names = cellNames(columnCount);
    const found = names.map((name) => `count(*) FILTER (WHERE ${looksLikeFormula(name)})`);
    const from = `read_parquet(${quoteText(stageFile)})`;
    const [counts = []] = await db.table(`SELECT ${found.join(', ')} FROM ${from}`);
    const first = names.find((_, index) => Number(counts[index]) > 0);
    cells += counts.reduce<number>((sum, count) => sum + Number(count), 0);
    if (first === undefined || example !== null) continue;
    const [row] = await db.table(`SELECT ${first} FROM ${from} WHERE ${looksLikeFormula(first)} LIMIT 1`);
    example = String(row?.[0] ?? '').slice(0, 80);
  }
  return { cells, example };
}
