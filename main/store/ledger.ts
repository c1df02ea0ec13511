import type { Store } from './open-store.ts';

/**
 * Notes what an export sent to whom on which list, for a whole batch at once. `contacts` is JSON, [[email, content hash,
 * valued], …] in the order of addresses: SQLite reads it itself, which is several times quicker than a statement per row,
 * and neighbouring keys share pages. `valued` has the bits of the fields that were sent with a value (see ledger-fields.ts);
 * what was there before stays, since a blank cell changes nothing. Belongs into the transaction of the batch's result.
 */
export function writeLedger(
  store: Store,
  entry: { exportId: string; destinationId: number; runId: string; unconfirmed: boolean; contacts: string },
): void {
  store
    .prepare(
      `INSERT INTO ledger (export_id, destination_id, email, content_hash, run_id, unconfirmed, valued)
       SELECT @exportId, @destinationId, value ->> 0, CAST(value ->> 1 AS INTEGER), @runId, @unconfirmed,
         CAST(value ->> 2 AS INTEGER)
       FROM json_each(@contacts) WHERE true
       ON CONFLICT (export_id, destination_id, email) DO UPDATE
       SET content_hash = excluded.content_hash, run_id = excluded.run_id, unconfirmed = excluded.unconfirmed,
         valued = coalesce(excluded.valued | valued, excluded.valued, valued)`,
    )
    .run({ ...entry, unconfirmed: entry.unconfirmed ? 1 : 0 });
}

/** Notes that fields of somebody hold nothing any more that the export put there. `bits` as in {@link writeLedger}. */
export function clearInLedger(
  store: Store,
  entry: { exportId: string; destinationId: number; email: string; bits: bigint },
): void {
  store
    .prepare(
      `UPDATE ledger SET valued = valued & ~@bits
       WHERE export_id = @exportId AND destination_id = @destinationId AND email = @email`,
    )
    .run(entry);
}

/** Takes people off an export's ledger of one list. `emails` is a JSON array. */
export function deleteFromLedger(
  store: Store,
  entry: { exportId: string; destinationId: number; emails: string },
): void {
  store
    .prepare(
      `DELETE FROM ledger WHERE export_id = @exportId AND destination_id = @destinationId
         AND email IN (SELECT value FROM json_each(@emails))`,
    )
    .run(entry);
}

/**
 * It is not known any more whether people are on the list: whoever comes back is sent again, and who is absent still leaves.
 * `emails` is a JSON array.
 */
export function doubtInLedger(store: Store, entry: { exportId: string; destinationId: number; emails: string }): void {
  store
    .prepare(
      // No content has this hash.
      `UPDATE ledger SET content_hash = -1 WHERE export_id = @exportId AND destination_id = @destinationId
         AND email IN (SELECT value FROM json_each(@emails))`,
    )
    .run(entry);
}

/** What one run wrote of some people of an export on a list. `emails` is a JSON array. */
export interface RunPeople {
  readonly exportId: string;
  readonly destinationId: number;
  readonly runId: string;
  readonly emails: string;
}

const writtenBy = `export_id = @exportId AND destination_id = @destinationId AND run_id = @runId
  AND email IN (SELECT value FROM json_each(@emails))`;

/** People whom a run sent were seen on the list: nobody of them is unconfirmed any more. */
export function confirmLedger(store: Store, people: RunPeople): void {
  store.prepare(`UPDATE ledger SET unconfirmed = 0 WHERE ${writtenBy} AND unconfirmed = 1`).run(people);
}

/** Takes people off the ledger, where the run was the last that wrote of them. */
export function deleteRunFromLedger(store: Store, people: RunPeople): void {
  store.prepare(`DELETE FROM ledger WHERE ${writtenBy}`).run(people);
}

/** People who are not on the list leave the ledger, unless a run that began later than `startedAt` wrote of them. */
export function forgetMissing(store: Store, people: Omit<RunPeople, 'runId'> & { readonly startedAt: number }): void {
  store
    .prepare(
      `DELETE FROM ledger WHERE export_id = @exportId AND destination_id = @destinationId
         AND email IN (SELECT value FROM json_each(@emails))
         AND NOT EXISTS (SELECT 1 FROM export_run r WHERE r.run_id = ledger.run_id AND r.started_at > @startedAt)`,
    )
    .run(people);
}

/** Puts rows back as they were, unconfirmed. `rows` is JSON, [[email, content hash, run], …]; newer ones stay. */
export function restoreLedger(store: Store, entry: { exportId: string; destinationId: number; rows: string }): void {
  store
    .prepare(
      `INSERT INTO ledger (export_id, destination_id, email, content_hash, run_id, unconfirmed)
       SELECT @exportId, @destinationId, value ->> 0, CAST(value ->> 1 AS INTEGER), value ->> 2, 1
       FROM json_each(@rows) WHERE true ON CONFLICT DO NOTHING`,
    )
    .run(entry);
}

/** What the ledger holds of some people. `emails` is a JSON array; who is not in the ledger is not in the answer. */
export function ledgerRows(
  store: Store,
  entry: { exportId: string; destinationId: number; emails: string },
): { email: string; contentHash: string; runId: string }[] {
  return store
    .prepare(
      `SELECT email, CAST(content_hash AS TEXT) AS contentHash, run_id AS runId FROM ledger
       WHERE export_id = @exportId AND destination_id = @destinationId
         AND email IN (SELECT value FROM json_each(@emails))`,
    )
    .all(entry) as { email: string; contentHash: string; runId: string }[];
}

/**
 * Of some people those whom other exports sent to the list. `emails` is a JSON array, `mirrors` one of exports of which only
 * what runs that began after `since` sent counts.
 */
export function sentByOtherExports(
  store: Store,
  entry: { exportId: string; destinationId: number; emails: string; mirrors: string; since: number },
): Set<string> {
  const emails = store
    .prepare(
      `SELECT DISTINCT l.email FROM export_definition d
       JOIN ledger l ON l.export_id = d.export_id AND l.destination_id = @destinationId
         AND l.email IN (SELECT value FROM json_each(@emails))
       WHERE d.export_id <> @exportId AND (d.export_id NOT IN (SELECT value FROM json_each(@mirrors))
         OR EXISTS (SELECT 1 FROM export_run r WHERE r.run_id = l.run_id AND r.started_at > @since))`,
    )
    .pluck()
    .all(entry) as string[];
  return new Set(emails);
}

/** How many people an export has sent so far. Counts rows: for tests and reports, not for every screen. */
export function countLedger(store: Store, exportId: string): number {
  const row = store.prepare('SELECT count(*) AS n FROM ledger WHERE export_id = ?').get(exportId) as { n: number };
  return row.n;
}

/** People of a page: how many of their lines are taken to a thread's time before others have their turn. */
const pagePeople = 20_000;

/**
 * The ledger of one export and list as pages of text, one line a person: address, tab, content hash, tab, 1 when
 * unconfirmed, tab, `valued` or nothing. SQLite writes the lines itself; each page keeps its thread for some milliseconds. In
 * the order of addresses.
 */
export function* ledgerPages(store: Store, exportId: string, destinationId: number): Generator<string> {
  const page = store.prepare(
    `SELECT max(email) AS last, group_concat(
       email || char(9) || content_hash || char(9) || unconfirmed || char(9) || coalesce(valued, ''), char(10)) AS lines
     FROM (SELECT email, content_hash, unconfirmed, valued FROM ledger
       WHERE export_id = ? AND destination_id = ? AND email > ? ORDER BY email LIMIT ${pagePeople})`,
  );
  for (let after = ''; ; ) {
    const { last, lines } = page.get(exportId, destinationId, after) as { last: string | null; lines: string | null };
    if (last === null || lines === null) return;
    yield `${lines}\n`;
    after = last;
  }
}

/** Exports that sent anybody to a list, in a fixed order. */
export function exportsWithLedger(store: Store, destinationId: number): string[] {
  return store
    .prepare(
      `SELECT export_id FROM export_definition d
       WHERE EXISTS (SELECT 1 FROM ledger l WHERE l.export_id = d.export_id AND l.destination_id = ?) ORDER BY export_id`,
    )
    .pluck()
    .all(destinationId) as string[];
}
