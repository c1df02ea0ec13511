import type { Store } from './open-store.ts';

/** A list of an account, as the ledger numbers it. */
export interface Destination {
  readonly accountId: string;
  readonly listId: string;
}

/** The number of a destination, null for one that nothing was ever sent to. */
export function findDestination(store: Store, { accountId, listId }: Destination): number | null {
  const id = store
    .prepare('SELECT destination_id FROM destination WHERE account_id = ? AND list_id = ?')
    .pluck()
    .get(accountId, listId);
  return (id as number | undefined) ?? null;
}

/** The number of a destination, which gets one when it has none. */
export function numberDestination(store: Store, destination: Destination): number {
  const known = findDestination(store, destination);
  if (known !== null) return known;
  const { lastInsertRowid } = store
    .prepare('INSERT INTO destination (account_id, list_id) VALUES (?, ?)')
    .run(destination.accountId, destination.listId);
  return Number(lastInsertRowid);
}
