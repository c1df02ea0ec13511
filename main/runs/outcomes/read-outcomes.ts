import { splitOrd, sqlText } from '../../exports/prepared-rows.ts';
import { openDuckDb } from '../../segments/duckdb.ts';
import { type Outcome, outcomeNumber, outcomes } from './write-outcomes.ts';

/** What became of somebody who was sent, as the list showed it. */
export const fates = ['on-list', 'opted-out', 'refused', 'missing'] as const;
export type Fate = (typeof fates)[number];

/** Where one row ended. */
export interface RowOutcome {
  /** Segment and row in one number, as text: 53 bits would not hold it. */
  readonly ord: string;
  readonly segment: number;
  readonly rowNumber: number;
  readonly email: string;
  readonly outcome: Outcome;
  readonly sure: boolean;
  /** Why the row was rejected or held back: a code. */
  readonly reason: string | null;
  readonly fate: Fate | null;
}

/** Which rows are asked for. */
export interface OutcomeQuery {
  readonly outcome: Outcome | null;
  readonly fate: Fate | null;
  /** Part of an address, in any case; '' for all. */
  readonly search: string;
}

/** How an outcomes file is opened. */
export interface OutcomesFile {
  readonly file: string;
  readonly tempFolder: string;
  readonly memoryLimitMb: number;
}

/**
 * SQL of the condition that a query comes to. Who may be among the refused of a batch stands with the refused as well as
 * with the accepted: nobody can say which of the two it is.
 */
function condition({ outcome, fate, search }: OutcomeQuery): string {
  const parts: string[] = [];
  if (outcome === 'refused') parts.push(`(outcome = ${outcomeNumber('refused')} OR NOT sure)`);
  else if (outcome !== null) parts.push(`outcome = ${outcomeNumber(outcome)}`);
  if (fate !== null) parts.push(`fate = ${sqlText(fate)}`);
  if (search.trim() !== '') parts.push(`contains(lower(email), ${sqlText(search.trim().toLowerCase())})`);
  return parts.length === 0 ? 'true' : parts.join(' AND ');
}

const columns = 'ord::VARCHAR, email, outcome, sure, reason, fate';

function toRow([ord, email, outcome, sure, reason, fate]: readonly unknown[]): RowOutcome {
  return {
    ord: String(ord),
    ...splitOrd(BigInt(String(ord))),
    email: email === null ? '' : String(email),
    outcome: outcomes[Number(outcome)] ?? 'unknown',
    sure: sure === true,
    reason: reason === null ? null : String(reason),
    fate: fates.find((known) => known === fate) ?? null,
  };
}

/** A page in file order: `limit` rows after `after` ('' for the first), and how many there are in all. */
export async function pageOutcomes(
  at: OutcomesFile,
  query: OutcomeQuery,
  after: string,
  limit: number,
): Promise<{ rows: RowOutcome[]; total: number }> {
  return withFile(at, async (table, from) => {
    const where = condition(query);
    const beyond = after === '' ? 'true' : `ord > ${BigInt(after)}`;
    const rows = await table(
      `SELECT ${columns} FROM ${from} WHERE ${where} AND ${beyond} ORDER BY ord LIMIT ${Math.trunc(limit)}`,
    );
    const [total] = await table(`SELECT count(*) FROM ${from} WHERE ${where}`);
    return { rows: rows.map(toRow), total: Number(total?.[0]) };
  });
}

/** All rows of a query in file order, in blocks. */
export async function* allOutcomes(at: OutcomesFile, query: OutcomeQuery): AsyncGenerator<RowOutcome[]> {
  const { file, tempFolder, memoryLimitMb } = at;
  const db = await openDuckDb({ tempFolder, memoryLimitMb, threads: 2, readable: [file], writable: [] });
  try {
    const from = `read_parquet(${sqlText(file)})`;
    for await (const block of db.blocks(`SELECT ${columns} FROM ${from} WHERE ${condition(query)} ORDER BY ord`)) {
      yield block.map(toRow);
    }
  } finally {
    db.close();
  }
}

async function withFile<T>(
  at: OutcomesFile,
  read: (table: (sql: string) => Promise<unknown[][]>, from: string) => Promise<T>,
): Promise<T> {
  const { file, tempFolder, memoryLimitMb } = at;
  const db = await openDuckDb({ tempFolder, memoryLimitMb, threads: 2, readable: [file], writable: [] });
  try {
    return await read((sql) => db.table(sql), `read_parquet(${sqlText(file)})`);
  } finally {
    db.close();
  }
}
