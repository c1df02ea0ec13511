import type { DuckDb } from '../duckdb.ts';
import { type DateOrder, dateOrders, everyReading, isSame } from './read-dates.ts';

/** A column of cells to be read as dates. */
export interface DateColumn {
  /** SQL of the cell: a column's name. */
  readonly cell: string;
  /** Whether a day and a month alone are not enough. */
  readonly needsYear: boolean;
}

/** What the cells of a column say about the order of its dates. Every filled cell counts in one of the four. */
export interface DateEvidence {
  /** Cells that are the same date in any order: 2024-05-17, 17 May 2024, a spreadsheet's number. */
  readonly plain: number;
  /** Cells that depend on the order, by the orders in which they are a date. */
  readonly fitting: readonly { readonly orders: readonly DateOrder[]; readonly count: number }[];
  /** Cells that are a date in no order. */
  readonly unreadable: number;
  /** One of the cells that prove each order, as it stands. */
  readonly examples: Readonly<Partial<Record<DateOrder, string>>>;
}

export interface DateOrderFinding {
  /** Null when the column does not say: then it is asked, never guessed. */
  readonly order: DateOrder | null;
  /** No cell depends on the order, so that any will do. */
  readonly needless: boolean;
  /** Cells that are a date in this order and in no other. */
  readonly proofs: Readonly<Record<DateOrder, number>>;
}

/** An order is taken when it explains this many times the cells that speak against it: those are slips of the keyboard. */
const overwhelming = 20;

/**
 * Counts over a whole table what a column of dates says about its order. `from` is SQL of a table with the column;
 * `times` is its column with how often each cell stands there, where it names every cell once.
 */
export async function countDateEvidence(
  db: DuckDb,
  from: string,
  column: DateColumn,
  times = '1',
): Promise<DateEvidence> {
  const mask = ['d', 'm', 'y'].map((one, index) => `CASE WHEN r.${one} IS NULL THEN 0 ELSE ${1 << index} END`);
  const rows = await db.rows(`SELECT mask, plain, sum(times) AS count, min(cell) AS example FROM (
      SELECT ${mask.join(' + ')} AS mask, ${isSame('r')} AS plain, cell, times FROM (
        SELECT ${everyReading(column.cell, column.needsYear)} AS r, ${column.cell} AS cell, ${times} AS times FROM (${from})
        WHERE trim(${column.cell}) <> ''
      )
    ) GROUP BY mask, plain`);
  let plain = 0;
  let unreadable = 0;
  const fitting: { orders: DateOrder[]; count: number }[] = [];
  const examples: Partial<Record<DateOrder, string>> = {};
  for (const row of rows) {
    const [bits, count] = [Number(row.mask), Number(row.count)];
    const orders = dateOrders.filter((_, index) => (bits & (1 << index)) > 0);
    if (bits === 0) unreadable += count;
    else if (row.plain === true) plain += count;
    else fitting.push({ orders, count });
    const [only] = orders;
    if (orders.length === 1 && only !== undefined && row.plain !== true) examples[only] = String(row.example);
  }
  return { plain, fitting, unreadable, examples };
}

/** The order that the cells of a column prove, if they prove one. */
export function inferDateOrder(evidence: Pick<DateEvidence, 'fitting'>): DateOrderFinding {
  const count = (fits: (orders: readonly DateOrder[]) => boolean) =>
    evidence.fitting.filter(({ orders }) => fits(orders)).reduce((sum, one) => sum + one.count, 0);
  const against = (one: DateOrder, other: DateOrder) =>
    count((orders) => orders.includes(one) && !orders.includes(other));
  const order = dateOrders.find((one) =>
    dateOrders.every((other) => {
      const speaking = against(one, other);
      return one === other || (speaking > 0 && speaking >= overwhelming * against(other, one));
    }),
  );
  const proofs = (one: DateOrder) => count((orders) => orders.length === 1 && orders[0] === one);
  return {
    order: order ?? null,
    needless: evidence.fitting.length === 0,
    proofs: {
      'day-first': proofs('day-first'),
      'month-first': proofs('month-first'),
      'year-first': proofs('year-first'),
    },
  };
}
