import { type FindingKind, refusals } from '../../preload/contract/finding-kinds.ts';
import type { DuckDb } from '../segments/duckdb.ts';
import { addressReason, reasonSql } from './address-reason.ts';
import type { FieldFinding } from './findings.ts';
import { foundCellSql, readFound } from './found-cells.ts';
import { addressColumn, emailMatchOf, type SegmentSource, stageSelect } from './stage-cells.ts';

export const isRefusal = (kind: FindingKind): boolean => refusals.some((refusal) => refusal === kind);

/** SQL of a segment's refused rows: `row_number`, `kind`, `f` (the found cell). Each is there once. */
export function refusedCells(segment: SegmentSource): string {
  const raw = `c${emailMatchOf(segment).columnIndex}`;
  const columns = ['row_number', `${raw} AS cell`, `${addressColumn(segment)} AS email`];
  const kind = `CASE reason WHEN ${addressReason.blank} THEN 'email-blank' WHEN ${addressReason.tooLong} THEN 'email-too-long'
    WHEN ${addressReason.malformed} THEN 'email-malformed' END`;
  return `SELECT row_number, ${kind} AS kind, ${foundCellSql('cell', 'NULL::VARCHAR')} AS f FROM (
      SELECT row_number, cell, ${reasonSql('email')} AS reason FROM (${stageSelect(segment, columns)})
    ) WHERE reason > 0`;
}

/** The refused addresses of a segment, by what is wrong with them: every refused row is in exactly one finding. */
export async function findRefusals(db: DuckDb, segment: SegmentSource): Promise<FieldFinding[]> {
  const rows = await db.rows(`SELECT kind, count(*) AS n, count(f.r) AS repairable, min(f, 20) AS first
    FROM (${refusedCells(segment)}) GROUP BY kind`);
  return rows.map((row) => ({
    kind: row.kind as FindingKind,
    field: 'email',
    effect: 'rejected',
    repair: 'none',
    params: {},
    found: readFound(row.n, row.repairable, row.first),
  }));
}
