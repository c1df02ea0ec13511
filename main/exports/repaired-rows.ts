import type { FindingKind } from '../../preload/contract/finding-kinds.ts';
import { addressReason, reasonSql } from './address-reason.ts';
import { addressChecks } from './checks/address/address-checks.ts';
import type { CellCheck } from './checks/cell-check.ts';
import { cellChecks } from './checks/cell-checks.ts';
import { withMendedAddresses } from './refusals.ts';
import { cellOf, emailMatchOf, matchOf, type SegmentSource } from './stage-cells.ts';

/** The repairs that a person chose for a field of a segment. */
export const repairsOf = (segment: SegmentSource, field: string): readonly FindingKind[] =>
  matchOf(segment, field)?.repairs ?? [];

/** SQL of a column after one chosen repair; '' where it is to count as blank. */
function afterRepair(check: CellCheck, segment: SegmentSource, field: string, column: string): string | null {
  const match = matchOf(segment, field);
  if (match === undefined || check.mend === undefined) return null;
  if (!check.concerns(field) || !repairsOf(segment, field).includes(check.kind)) return null;
  const cell = cellOf(segment, match, column);
  return `CASE WHEN ${check.recognise(cell)} THEN coalesce(${check.mend(cell)}, ${column}) ELSE ${column} END`;
}

/** The repairs of addresses: first of malformed ones, then those that valid ones are offered. */
function repairedAddress(segment: SegmentSource, rows: string, slim: boolean): string {
  const match = emailMatchOf(segment);
  const chosen = match.repairs ?? [];
  if (chosen.length === 0) return rows;
  return addressChecks.reduce(
    (from, check) => {
      if (check.mend === undefined || !chosen.includes(check.kind)) return from;
      const cell = cellOf(segment, match, 'email');
      const valid = `${reasonSql('email')} = ${addressReason.none}`;
      return `SELECT * REPLACE (CASE WHEN ${valid} AND ${check.recognise(cell)} THEN coalesce(${check.mend(cell)}, email)
      ELSE email END AS email) FROM (${from})`;
    },
    withMendedAddresses(rows, chosen, slim),
  );
}

/**
 * SQL of a segment's rows with the chosen repairs done, one after the other in the order of {@link cellChecks}. `rows` has
 * `ord`, `email` and the columns of `cellColumns`; what comes out has `ord`, `email`, `f0 …`.
 */
export function repairedRows(segment: SegmentSource, fields: readonly string[], rows: string): string {
  const withAddress = repairedAddress(segment, rows, fields.length === 0);
  const layers = cellChecks.flatMap((check) => {
    const replaced = fields.flatMap((field, index) => {
      const mended = afterRepair(check, segment, field, `f${index}`);
      return mended === null ? [] : [`nullif(${mended}, '') AS f${index}`];
    });
    return replaced.length === 0 ? [] : [replaced];
  });
  const repaired = layers.reduce((from, layer) => `SELECT * REPLACE (${layer.join(', ')}) FROM (${from})`, withAddress);
  return `SELECT ord, email${fields.map((_, index) => `, f${index}`).join('')} FROM (${repaired})`;
}
