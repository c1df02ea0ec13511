import type { Store } from './open-store.ts';

/** How far the opt-outs of an account are known. Times are epoch milliseconds. */
export interface OptOutReading {
  /** Counts up with every reading. */
  readonly reading: number;
  readonly readAt: number;
  /** The newest opt-out heard of, by the other side's clock; null when no date was told. */
  readonly newestAt: number | null;
  /** People in the table after it, and how many the account itself counted. */
  readonly people: number;
  readonly counted: number;
}

export interface OptOut {
  /** Trimmed, lower-cased. */
  readonly email: string;
  readonly optedOutAt: number | null;
}

/** Undefined for an account whose opt-outs were never read. */
export function getOptOutReading(store: Store, accountId: string): OptOutReading | undefined {
  return store
    .prepare(
      `SELECT reading, read_at AS readAt, newest_at AS newestAt, people, counted FROM opt_out_reading
       WHERE account_id = ?`,
    )
    .get(accountId) as OptOutReading | undefined;
}

/** The number of an account's next reading: one that no row has, of a reading that did not end neither. */
export function nextOptOutReading(store: Store, accountId: string): number {
  const newest = store
    .prepare(
      `SELECT max(coalesce((SELECT max(reading) FROM opt_out WHERE account_id = @accountId), 0),
         coalesce((SELECT reading FROM opt_out_reading WHERE account_id = @accountId), 0))`,
    )
    .pluck()
    .get({ accountId });
  return Number(newest) + 1;
}

/** Notes people who opted out. `people` is JSON, [[email, time or null], …]: one text for some thousands of them. */
export function writeOptOuts(store: Store, accountId: string, reading: number, people: string): void {
  store
    .prepare(
      `INSERT INTO opt_out (account_id, email, opted_out_at, reading)
       SELECT @accountId, value ->> 0, CAST(value ->> 1 AS INTEGER), @reading FROM json_each(@people) WHERE true
       ON CONFLICT (account_id, email) DO UPDATE SET opted_out_at = excluded.opted_out_at, reading = excluded.reading`,
    )
    .run({ accountId, reading, people });
}

/**
 * Ends a reading. After a `whole` one, people it did not tell of have come back: they leave the table. Answers how many
 * are in it now.
 */
export function endOptOutReading(
  store: Store,
  accountId: string,
  ended: Pick<OptOutReading, 'reading' | 'readAt' | 'newestAt' | 'counted'> & { readonly whole: boolean },
): number {
  const end = store.transaction(() => {
    if (ended.whole) {
      store.prepare('DELETE FROM opt_out WHERE account_id = ? AND reading <> ?').run(accountId, ended.reading);
    }
    const people = countOptOuts(store, accountId);
    store
      .prepare(
        `INSERT OR REPLACE INTO opt_out_reading (account_id, reading, read_at, newest_at, people, counted)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(accountId, ended.reading, ended.readAt, ended.newestAt, people, ended.counted);
    return people;
  });
  // Counting first and writing then fails at once when the other thread writes in between.
  return end.immediate();
}

/** Counts rows: for the end of a reading, not for every screen. */
export function countOptOuts(store: Store, accountId: string): number {
  const row = store.prepare('SELECT count(*) AS n FROM opt_out WHERE account_id = ?').get(accountId) as { n: number };
  return row.n;
}

/** A page in the order of addresses, after `afterEmail` ('' for the first). Byte order, as the plan has it. */
export function pageOptOuts(store: Store, accountId: string, afterEmail: string, limit: number): OptOut[] {
  return store
    .prepare(
      `SELECT email, opted_out_at AS optedOutAt FROM opt_out WHERE account_id = ? AND email > ?
       ORDER BY email LIMIT ?`,
    )
    .all(accountId, afterEmail, limit) as OptOut[];
}

/** Addresses who opted out as pages of text, one a line, in their order. See `ledgerPages`. */
export function* optOutPages(store: Store, accountId: string): Generator<string> {
  const page = store.prepare(
    `SELECT max(email) AS last, group_concat(email, char(10)) AS lines
     FROM (SELECT email FROM opt_out WHERE account_id = ? AND email > ? ORDER BY email LIMIT 20000)`,
  );
  for (let after = ''; ; ) {
    const { last, lines } = page.get(accountId, after) as { last: string | null; lines: string | null };
    if (last === null || lines === null) return;
    yield `${lines}\n`;
    after = last;
  }
}

/** Who of some people has opted out. `emails` is a JSON array. */
export function optedOutAmong(store: Store, accountId: string, emails: string): string[] {
  return store
    .prepare('SELECT email FROM opt_out WHERE account_id = ? AND email IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(accountId, emails) as string[];
}
