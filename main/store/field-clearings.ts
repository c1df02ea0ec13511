import { expectOne, type Store } from './open-store.ts';

/** Somebody of whom fields are still to be cleared. */
export interface FieldClearing {
  readonly email: string;
  /** The fields, as bits of the ledger's `valued`. */
  readonly bits: bigint;
  /** A request has left whose answer is not known. */
  readonly sending: boolean;
}

/** Adds people to a run's journal. `people` is JSON, [[email, bits], …] with bits as text. */
export function insertFieldClearings(store: Store, runId: string, people: string): void {
  store
    .prepare(
      `INSERT INTO field_clearing (run_id, email, bits, state)
       SELECT ?, value ->> 0, CAST(value ->> 1 AS INTEGER), 'planned' FROM json_each(?)`,
    )
    .run(runId, people);
}

/** Takes away what a planning that did not end has left. Only for a run none of whose clearings has been sent. */
export function deleteFieldClearings(store: Store, runId: string): void {
  store.prepare("DELETE FROM field_clearing WHERE run_id = ? AND state = 'planned'").run(runId);
}

/** Up to `limit` people after an address, in the order of addresses. */
export function pageOfFieldClearings(store: Store, runId: string, after: string, limit: number): FieldClearing[] {
  const rows = store
    .prepare(
      `SELECT email, CAST(bits AS TEXT) AS bits, state FROM field_clearing WHERE run_id = ? AND email > ?
       ORDER BY email LIMIT ?`,
    )
    .all(runId, after, limit) as { email: string; bits: string; state: string }[];
  return rows.map(({ email, bits, state }) => ({ email, bits: BigInt(bits), sending: state === 'sending' }));
}

export function hasFieldClearings(store: Store, runId: string): boolean {
  return store.prepare('SELECT 1 FROM field_clearing WHERE run_id = ? LIMIT 1').get(runId) !== undefined;
}

/** The journal entry that must be on the disk before the request leaves. */
export function markClearingSending(store: Store, runId: string, email: string): void {
  expectOne(
    store
      .prepare("UPDATE field_clearing SET state = 'sending', attempt = attempt + 1 WHERE run_id = ? AND email = ?")
      .run(runId, email),
    'markClearingSending',
  );
}

/** Nothing of the request arrived, or it was refused. */
export function markClearingNotSent(store: Store, runId: string, email: string): void {
  expectOne(
    store
      .prepare("UPDATE field_clearing SET state = 'planned' WHERE run_id = ? AND email = ? AND state = 'sending'")
      .run(runId, email),
    'markClearingNotSent',
  );
}

/** Somebody is done and leaves the journal. */
export function deleteFieldClearing(store: Store, runId: string, email: string): void {
  expectOne(
    store.prepare('DELETE FROM field_clearing WHERE run_id = ? AND email = ?').run(runId, email),
    'deleteFieldClearing',
  );
}
