import type { Store } from './open-store.ts';

/** Which bit of the ledger's `valued` stands for which field. */
export type FieldBits = ReadonlyMap<string, number>;

/** Bits of a whole number that SQLite and DuckDB keep exactly, the sign left alone. */
const mostBits = 62;

/** Whose ledger: an export's, of one list. */
export interface LedgerOf {
  readonly exportId: string;
  readonly destinationId: number;
}

/** The fields that have a bit in an export's ledger of a list. */
export function ledgerFields(store: Store, { exportId, destinationId }: LedgerOf): FieldBits {
  const rows = store
    .prepare('SELECT field, bit FROM ledger_field WHERE export_id = ? AND destination_id = ? ORDER BY bit')
    .all(exportId, destinationId) as { field: string; bit: number }[];
  return new Map(rows.map(({ field, bit }) => [field, bit]));
}

/**
 * Gives each field its bit, and answers those of all. An export that has sent 62 different fields to a list gets no more:
 * further ones are sent as always, and never cleared.
 */
export function numberLedgerFields(store: Store, ledger: LedgerOf, fields: readonly string[]): FieldBits {
  const before = ledgerFields(store, ledger);
  if (fields.every((field) => before.has(field))) return before;
  const number = store.transaction(() => {
    const known = new Map(ledgerFields(store, ledger));
    const insert = store.prepare(
      'INSERT INTO ledger_field (export_id, destination_id, bit, field) VALUES (?, ?, ?, ?)',
    );
    for (const field of fields) {
      if (known.has(field) || known.size === mostBits) continue;
      insert.run(ledger.exportId, ledger.destinationId, known.size, field);
      known.set(field, known.size);
    }
    return known;
  });
  // Reading first and writing then fails at once when the other thread writes in between.
  return number.immediate();
}

/** The fields whose bits are set. */
export function fieldsOfBits(known: FieldBits, bits: bigint): string[] {
  return [...known].filter(([, bit]) => (bits >> BigInt(bit)) & 1n).map(([field]) => field);
}
