import type { DateOrder, FieldMatch, ProfileView } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { ColumnDateOrder } from '../exports/date-orders.ts';
import { isDateMatch } from '../exports/field-values.ts';
import type { Store } from '../store/open-store.ts';
import { provedDateOrders, rememberDateOrder } from '../store/proved-date-orders.ts';
import type { SegmentRecord } from '../store/segments.ts';
import type { SegmentSummary } from './segment-record.ts';

// The order of a column's dates that an earlier file of the segment proved counts where the newest one does not say.

/** A segment of an export and how its columns are matched. */
export interface Matching<F extends FieldMatch = FieldMatch> {
  readonly record: SegmentRecord;
  readonly fieldMap: readonly F[];
}

/** What earlier files of a segment proved, by the column as it stands now. */
export function provedByColumn(
  store: Store,
  segmentId: string,
  { columns }: Pick<SegmentSummary, 'columns'>,
): Readonly<Record<number, DateOrder>> {
  const proved = provedDateOrders(store, segmentId);
  return Object.fromEntries(
    columns.flatMap(({ heading }, index) => {
      const order = proved.get(heading);
      return order === undefined ? [] : [[index, order]];
    }),
  );
}

/** Columns of dates that do not say their order, with the one that an earlier file proved. */
export function withProvedBefore(profile: ProfileView, proved: Readonly<Record<number, DateOrder>>): ProfileView {
  const columns = profile.columns.map((column, index) => {
    const { dates } = column;
    const provedBefore = proved[index];
    if (dates === null || dates.order !== null || dates.needless || provedBefore === undefined) return column;
    return { ...column, dates: { ...dates, provedBefore } };
  });
  return { ...profile, columns };
}

/**
 * Matchings with the orders that are known from earlier files, after remembering what the columns prove now. Throws
 * `export.date-order-unknown` for a column of which nobody knows.
 */
export function withKnownDateOrders<F extends FieldMatch, M extends Matching<F>>(
  store: Store,
  require: (segmentId: string) => { readonly record: SegmentRecord; readonly summary: SegmentSummary },
  at: number,
  matchings: readonly M[],
  orders: readonly ColumnDateOrder[],
): (Omit<M, 'fieldMap'> & { readonly fieldMap: F[] })[] {
  const known = new Map<string, DateOrder>();
  for (const { segmentId, columnIndex, order, needless } of orders) {
    const { record, summary } = require(segmentId);
    const heading = summary.columns[columnIndex]?.heading ?? '';
    if (order !== null) rememberDateOrder(store, { segmentId, heading }, order, at);
    if (order !== null || needless) continue;
    const before = provedByColumn(store, segmentId, summary)[columnIndex];
    if (before === undefined) {
      throw new SegueError('export.date-order-unknown', { column: heading, segment: record.name });
    }
    known.set(`${segmentId} ${columnIndex}`, before);
  }
  return matchings.map((matching) => ({
    ...matching,
    fieldMap: matching.fieldMap.map((match) => {
      const order = known.get(`${matching.record.segmentId} ${match.columnIndex}`);
      const takes = order !== undefined && isDateMatch(match) && match.dateOrder === undefined;
      return takes ? { ...match, dateOrder: order } : match;
    }),
  }));
}
