import { type FindingKind, refusals } from '../../preload/contract/finding-kinds.ts';
import type { DuckDb } from '../segments/duckdb.ts';
import { addressReason, reasonSql } from './address-reason.ts';
import { judgedRows } from './checks/address/judge-address.ts';
import type { FieldFinding } from './findings.ts';
import { foundCellSql, readFound } from './found-cells.ts';
import { fenced, sqlText } from './sql-text.ts';
import { addressColumn, emailMatchOf, type SegmentSource, stageSelect } from './stage-cells.ts';

/** How the refusals that have one are repaired; the others have to be mended in the file. */
export const refusalRepairs: Partial<Record<FindingKind, FieldFinding['repair']>> = {
  'email-several': 'offered',
  'email-without-at': 'offered',
  'email-without-dot': 'offered',
  'email-comma': 'offered',
  'email-blanks': 'offered',
  'email-local-dots': 'offered',
  'email-dots': 'safe',
  'email-named': 'safe',
  'email-mailto': 'safe',
  'email-ends': 'safe',
  'email-lookalikes': 'safe',
};

export const isRefusal = (kind: FindingKind): boolean => refusals.some((refusal) => refusal === kind);

/**
 * SQL of `rows` with the addresses mended that chosen repairs mend. Rows have `ord` and `email`; valid ones stay as they
 * are. `slim` rows have nothing more: they are kept for a moment rather than read twice.
 */
export function withMendedAddresses(rows: string, chosen: readonly FindingKind[], slim: boolean): string {
  const wanted = chosen.filter((kind) => refusalRepairs[kind] !== undefined);
  if (wanted.length === 0) return rows;
  const judged = `SELECT *, ${reasonSql('email')} AS reason FROM (${rows})`;
  const malformed = `SELECT ord, email FROM judged WHERE reason = ${addressReason.malformed}`;
  const mended = `SELECT ord AS mended_ord, CASE WHEN kind IN (${wanted.map(sqlText).join(', ')}) THEN mended END AS mended
    FROM (${judgedRows(malformed, ['ord'])})`;
  return `WITH judged AS ${slim ? 'MATERIALIZED' : 'NOT MATERIALIZED'} (${judged})
    SELECT * EXCLUDE (mended_ord, mended, reason) REPLACE (coalesce(mended, email) AS email)
    FROM judged LEFT JOIN (${mended}) ON ord = mended_ord`;
}

/**
 * SQL of rows with what exactly is wrong with refused ones in `reason`: its place in `refusals`, from 1. `rows` have
 * `email`, as it stands in the stage, and `reason`; `kept` are the other columns that stay.
 */
export function withExactReasons(rows: string, kept: readonly string[]): string {
  const kinds = refusals.map((kind, index) => `WHEN ${sqlText(kind)} THEN ${index + 1}`).join(' ');
  const exact = `CASE reason WHEN ${addressReason.malformed} THEN CASE kind ${kinds} END ELSE reason END::UTINYINT`;
  return `SELECT ${kept.join(', ')}, ${exact} AS reason FROM (${judgedRows(rows, [...kept, 'reason'])})`;
}

/** SQL of a segment's refused rows: `row_number`, `kind`, `f` (the found cell). Each is there once. */
export function refusedCells(segment: SegmentSource): string {
  const raw = `c${emailMatchOf(segment).columnIndex}`;
  const columns = ['row_number', `${raw} AS cell`, `${addressColumn(segment)} AS email`];
  const refused = `SELECT * FROM (
    SELECT *, ${reasonSql('email')} AS reason FROM (${stageSelect(segment, columns)})
  ) WHERE reason <> ${addressReason.none}`;
  const kind = `CASE reason WHEN ${addressReason.blank} THEN 'email-blank'
    WHEN ${addressReason.tooLong} THEN 'email-too-long' ELSE kind END`;
  const mended = `CASE reason WHEN ${addressReason.malformed} THEN mended END`;
  return `SELECT row_number, ${kind} AS kind, ${foundCellSql('cell', mended)} AS f
    FROM (${fenced(judgedRows(refused, ['row_number', 'cell', 'reason']))})`;
}

/** The refused addresses of a segment, by what is wrong with them: every refused row is in exactly one finding. */
export async function findRefusals(db: DuckDb, segment: SegmentSource): Promise<FieldFinding[]> {
  const rows = await db.rows(`SELECT kind, count(*) AS n, count(f.r) AS repairable, min(f, 20) AS first
    FROM (${refusedCells(segment)}) GROUP BY kind`);
  return rows.map((row) => {
    const kind = row.kind as FindingKind;
    return {
      kind,
      field: 'email',
      effect: 'rejected',
      repair: refusalRepairs[kind] ?? 'none',
      params: {},
      found: readFound(row.n, row.repairable, row.first),
    };
  });
}
