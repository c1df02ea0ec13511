import { stat } from 'node:fs/promises';
import type { DateOrder, FieldMatch } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import { countDateEvidence, inferDateOrder } from '../segments/dates/date-order.ts';
import { type DuckDb, quoteText } from '../segments/duckdb.ts';
import type { CheckMemory } from './check-memory.ts';
import { isDateMatch } from './field-values.ts';
import type { SegmentSource } from './stage-cells.ts';

/**
 * The segments with the order of every matched column of dates filled in where a person has not chosen it and the whole
 * column proves one. A match that is left without one has cells that can be read in two ways.
 */
export async function withDateOrders<S extends SegmentSource>(
  db: DuckDb,
  segments: readonly S[],
  memory?: CheckMemory,
): Promise<S[]> {
  const known: S[] = [];
  for (const segment of segments) {
    const fieldMap: FieldMatch[] = [];
    for (const match of segment.fieldMap) {
      const open = isDateMatch(match) && match.dateOrder === undefined;
      const found = open ? await orderOf(db, segment.stageFile, match, memory) : null;
      // Where no cell hangs on the order, any will do.
      const order = found?.needless ? 'day-first' : (found?.order ?? segment.provedBefore?.[match.columnIndex] ?? null);
      fieldMap.push(order === null ? match : { ...match, dateOrder: order });
    }
    known.push({ ...segment, fieldMap });
  }
  return known;
}

/** What a matched column of dates says of its order; with no `order` and not `needless` it could be read in two ways. */
export interface ColumnDateOrder {
  readonly segmentId: string;
  readonly columnIndex: number;
  /** Null when it does not prove one. */
  readonly order: DateOrder | null;
  /** No cell hangs on it. */
  readonly needless: boolean;
}

/** What the matched columns of dates say that nobody has decided on. */
export async function columnDateOrders(
  db: DuckDb,
  segments: readonly SegmentSource[],
  memory?: CheckMemory,
): Promise<ColumnDateOrder[]> {
  const found: ColumnDateOrder[] = [];
  for (const { segmentId, stageFile, fieldMap } of segments) {
    for (const match of fieldMap) {
      if (!isDateMatch(match) || match.dateOrder !== undefined) continue;
      const { order, needless } = await orderOf(db, stageFile, match, memory);
      found.push({ segmentId, columnIndex: match.columnIndex, order, needless });
    }
  }
  return found;
}

/** {@link withDateOrders} for what is to be sent: throws `export.date-order-unknown` where one is in doubt. */
export async function withCertainDateOrders<S extends SegmentSource>(db: DuckDb, segments: readonly S[]): Promise<S[]> {
  const orders = await columnDateOrders(db, segments);
  const doubt = orders.find(({ order, needless }) => order === null && !needless);
  if (doubt !== undefined) throw new SegueError('export.date-order-unknown', { column: doubt.columnIndex + 1 });
  return withDateOrders(db, segments);
}

async function orderOf(db: DuckDb, stageFile: string, match: FieldMatch, memory?: CheckMemory) {
  const needsYear = match.field !== 'birthday';
  const key = JSON.stringify(['date order', stageFile, (await stat(stageFile)).mtimeMs, match.columnIndex, needsYear]);
  const remembered = memory?.get<ReturnType<typeof inferDateOrder>>(key);
  if (remembered !== undefined) return remembered;
  const cells = `SELECT c${match.columnIndex} AS cell, count(*) AS times FROM read_parquet(${quoteText(stageFile)}) GROUP BY ALL`;
  const found = inferDateOrder(await countDateEvidence(db, cells, { cell: 'cell', needsYear }, 'times'));
  memory?.set(key, found);
  return found;
}
