import type { DateOrder } from '../../preload/contract/views.ts';
import type { Store } from './open-store.ts';

/** Remembers what a segment's column proved; a newer proof takes the place of an older one. */
export function rememberDateOrder(
  store: Store,
  column: { readonly segmentId: string; readonly heading: string },
  order: DateOrder,
  at: number,
): void {
  store
    .prepare(
      `INSERT INTO proved_date_order (segment_id, heading, date_order, proved_at)
       VALUES (@segmentId, @heading, @order, @at)
       ON CONFLICT (segment_id, heading) DO UPDATE SET date_order = excluded.date_order, proved_at = excluded.proved_at
       WHERE date_order <> excluded.date_order`,
    )
    .run({ ...column, order, at });
}

/** The orders that earlier files of a segment proved, by heading. */
export function provedDateOrders(store: Store, segmentId: string): Map<string, DateOrder> {
  const rows = store
    .prepare('SELECT heading, date_order AS dateOrder FROM proved_date_order WHERE segment_id = ?')
    .all(segmentId) as { heading: string; dateOrder: DateOrder }[];
  return new Map(rows.map(({ heading, dateOrder }) => [heading, dateOrder]));
}
