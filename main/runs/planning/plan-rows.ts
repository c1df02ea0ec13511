import type { HoldReason, PlanGroup, PlanRow } from '../../../preload/contract/views.ts';
import { rejectionReasons, splitOrd } from '../../exports/prepared-rows.ts';
import { emailMatchOf } from '../../exports/stage-cells.ts';
import { type DuckDbValue, openDuckDb } from '../../segments/duckdb.ts';
import { groupStands, holdStands, stayReasons } from './contact-groups.ts';
import { dryRunFile } from './dry-run.ts';
import { cellsOfLine } from './line-cells.ts';
import type { PlannedSegment } from './survey-rows.ts';

/** A page of one group of a plan that was made to be looked at. */
export interface PlanRowsOrder {
  readonly folder: string;
  readonly group: PlanGroup;
  readonly after: number;
  readonly limit: number;
  readonly fields: readonly string[];
  /** In the plan's order, with the names that people gave them. */
  readonly segments: readonly (PlannedSegment & { readonly name: string })[];
}

export interface PlanRowsPage {
  readonly rows: PlanRow[];
  /** Where the next page begins, null after the last. */
  readonly next: number | null;
}

const holdReasonOf = (stands: number): HoldReason | null =>
  (Object.entries(holdStands).find(([, number]) => number === stands)?.[0] as HoldReason | undefined) ?? null;

/** Rows of a group in the plan's order. `place` is what the next page goes on after. */
export async function planRows(
  env: { readonly tempFolder: string; readonly memoryLimitMb: number },
  order: PlanRowsOrder,
): Promise<PlanRowsPage> {
  const db = await openDuckDb({
    file: dryRunFile(order.folder),
    tempFolder: env.tempFolder,
    memoryLimitMb: env.memoryLimitMb,
    threads: 1,
    readable: [],
    writable: [order.folder],
  });
  try {
    const found = await db.table(pageSql(order));
    const rows = found.map((row) => rowOf(order, row));
    return { rows, next: rows.length < order.limit ? null : (rows.at(-1)?.place ?? null) };
  } finally {
    db.close();
  }
}

/** `place`, `email`, `ord`, `line`, `reason`, `cells`: whatever of them the group has. Places count from 1. */
function pageSql({ group, after, limit }: PlanRowsOrder): string {
  const page = `WHERE rowid >= ${after}`;
  const end = `ORDER BY rowid LIMIT ${limit}`;
  switch (group) {
    case 'rejected':
      return `SELECT rowid + 1, '', ord, NULL, reason, cells FROM rejected ${page} ${end}`;
    case 'duplicate':
      return `SELECT rowid + 1, email, ord, NULL, NULL, NULL FROM duplicate ${page} ${end}`;
    case 'leavers':
      return `SELECT rowid + 1, email, NULL, NULL, NULL, NULL FROM leaver ${page} ${end}`;
    case 'staying':
      return `SELECT rowid + 1, email, NULL, NULL, reason, NULL FROM staying ${page} ${end}`;
    case 'clearing':
      return `SELECT rowid + 1, email, NULL, NULL, NULL,
        (SELECT to_json(list(field ORDER BY bit))::VARCHAR FROM clearing_field WHERE (bits >> bit) & 1 = 1)
        FROM clearing ${page} ${end}`;
    default: {
      const wanted = groupStands[group] ?? [];
      return `SELECT rowid + 1, email, ord, line, stands, NULL FROM plan ${page}
        AND stands IN (${wanted.join(', ')}) ${end}`;
    }
  }
}

function rowOf(
  { group, fields, segments }: PlanRowsOrder,
  [place, email, ord, line, reason, cells]: DuckDbValue[],
): PlanRow {
  const at = ord === null ? null : splitOrd(BigInt(String(ord)));
  const segment = at === null ? undefined : segments[at.segment];
  const row = {
    place: Number(place),
    email: String(email),
    segmentName: segment?.name ?? '',
    rowNumber: at?.rowNumber ?? 0,
    values: typeof line === 'string' ? valuesOf(fields, line) : [],
    reason: null,
  };
  switch (group) {
    case 'rejected': {
      const texts = JSON.parse(String(cells)) as (string | null)[];
      const column = segment === undefined ? -1 : emailMatchOf(segment).columnIndex;
      const values = (segment?.fieldMap ?? [])
        .filter(({ field }) => field !== 'email')
        .map(({ field, columnIndex }) => ({ field, value: texts[columnIndex] ?? '' }))
        .filter(({ value }) => value !== '');
      return { ...row, email: texts[column] ?? '', values, reason: rejectionReasons[Number(reason) - 1] ?? null };
    }
    case 'clearing':
      return { ...row, values: (JSON.parse(String(cells)) as string[]).map((field) => ({ field, value: '' })) };
    case 'staying':
      return { ...row, reason: stayReasons[Number(reason) - 1] ?? null };
    case 'heldBack':
      return { ...row, reason: holdReasonOf(Number(reason)) };
    default:
      return row;
  }
}

/** What a contact's line says beside the address; blank cells left out. */
function valuesOf(fields: readonly string[], line: string): { field: string; value: string }[] {
  const [, ...cells] = cellsOfLine(line);
  return fields.map((field, index) => ({ field, value: cells[index] ?? '' })).filter(({ value }) => value !== '');
}
