import type { PersonPlace } from '../../../preload/contract/views.ts';
import type { Store } from '../../store/open-store.ts';
import type { Hideout, Search } from './place.ts';

/** Tables that hold an address as such, one row a person. */
const rowsOfPerson: readonly (readonly [table: string, place: PersonPlace])[] = [
  ['ledger', 'ledger'],
  ['opt_out', 'opt-outs'],
  ['listed_otherwise', 'listed-otherwise'],
  ['field_clearing', 'changes'],
];

function count(store: Store, sql: string, ...values: unknown[]): number {
  return Number(
    store
      .prepare(sql)
      .pluck()
      .get(...values) ?? 0,
  );
}

/** Registers what SQL asks of a text; once for each search. */
function teach({ store, pattern }: Search): void {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  store.function('mentions_person', { deterministic: true }, (value) => Number(pattern.mentions(text(value))));
  store.function('without_person', { deterministic: true }, (value) =>
    typeof value === 'string' ? pattern.without(value, '…') : value,
  );
}

const mentions = ({ pattern }: Search, column: string): string =>
  `(${pattern.maybeSql(column)} AND mentions_person(${column}) = 1)`;

/** Rows of the database that are about people, each in the way that leaves every count of a run as it was. */
export const storedRows: Hideout = {
  async find(search) {
    teach(search);
    const { store, pattern } = search;
    const { address } = pattern;
    return [
      ...rowsOfPerson.map(([table, place]) => ({
        place,
        count: count(store, `SELECT count(*) FROM ${table} WHERE email = ?`, address),
      })),
      {
        place: 'rejected-rows',
        count:
          count(store, `SELECT count(*) FROM rejected_row WHERE ${mentions(search, 'cells')}`) +
          count(store, 'SELECT count(*) FROM retried_row WHERE email = ?', address),
      },
      {
        place: 'changes',
        count: count(store, `SELECT count(*) FROM membership_batch WHERE ${mentions(search, 'contacts')}`),
      },
      { place: 'runs', count: count(store, 'SELECT count(*) FROM export_run WHERE only_email = ?', address) },
      { place: 'never-mail', count: count(store, 'SELECT count(*) FROM never_mail WHERE clear_text = ?', address) },
    ];
  },
  async forget(search) {
    teach(search);
    const { store, pattern } = search;
    const { address } = pattern;
    store
      .transaction(() => {
        // The mirror of the opt-outs counts its rows; what the account counts stays what it said.
        store
          .prepare(
            `UPDATE opt_out_reading SET people = people -
               (SELECT count(*) FROM opt_out o WHERE o.account_id = opt_out_reading.account_id AND o.email = ?)`,
          )
          .run(address);
        for (const [table] of rowsOfPerson) store.prepare(`DELETE FROM ${table} WHERE email = ?`).run(address);
        // A row that waited to be sent again is dismissed: it stays in the count of what was rejected.
        store
          .prepare(
            `UPDATE retried_row SET email = NULL WHERE email = @address OR EXISTS (
               SELECT 1 FROM rejected_row j WHERE j.run_id = retried_row.run_id AND j.row_id = retried_row.row_id
                 AND ${mentions(search, 'j.cells')})`,
          )
          .run({ address });
        store
          .prepare(
            `UPDATE rejected_row SET cells = (SELECT json_group_array(NULL) FROM json_each(rejected_row.cells))
             WHERE ${mentions(search, 'cells')}`,
          )
          .run();
        store
          .prepare(
            `UPDATE membership_batch SET contacts = (
               SELECT json_group_array(json(value)) FROM json_each(membership_batch.contacts)
               WHERE value ->> 0 IS NOT @address)
             WHERE ${mentions(search, 'contacts')}`,
          )
          .run({ address });
        store.prepare(`UPDATE export_run SET only_email = '' WHERE only_email = ?`).run(address);
      })
      .immediate();
  },
};

/** Columns of text in which an address may stand although nothing says so: names of files, reasons, whatever comes. */
function textColumns(store: Store): { table: string; column: string }[] {
  return store
    .prepare(
      `SELECT m.name AS "table", c.name AS "column" FROM sqlite_schema m JOIN pragma_table_info(m.name) c
       WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND c.type IN ('TEXT', 'ANY')
         AND m.name NOT IN ('person', 'opt_out', 'ledger', 'listed_otherwise')`,
    )
    .all() as { table: string; column: string }[];
}

/** Whatever is left in any text of the database: the address makes room for an ellipsis. */
export const storedTexts: Hideout = {
  async find(search) {
    teach(search);
    let found = 0;
    for (const { table, column } of textColumns(search.store)) {
      const known = `${table}.${column}`;
      if (countedElsewhere.has(known)) continue;
      found += count(search.store, `SELECT count(*) FROM "${table}" WHERE ${mentions(search, `"${column}"`)}`);
    }
    return [{ place: 'samples', count: found }];
  },
  async forget(search) {
    teach(search);
    const { store } = search;
    store
      .transaction(() => {
        forgetInHistory(search);
        for (const { table, column } of textColumns(store)) {
          if (table === 'audit' || `${table}.${column}` === 'never_mail.clear_text') continue;
          store
            .prepare(
              `UPDATE OR IGNORE "${table}" SET "${column}" = without_person("${column}")
               WHERE ${mentions(search, `"${column}"`)}`,
            )
            .run();
        }
      })
      .immediate();
  },
};

/** Nothing changes an entry of the history: one in which the address stands makes room for itself without it. */
function forgetInHistory(search: Search): void {
  const { store } = search;
  const columns = (store.pragma('table_info(audit)') as { name: string; type: string }[]).map(({ name, type }) => ({
    name: `"${name}"`,
    isText: type === 'TEXT',
  }));
  const values = columns.map(({ name, isText }) => (isText ? `without_person(${name})` : name));
  const somewhere = columns.flatMap(({ name, isText }) => (isText ? [mentions(search, name)] : []));
  store
    .prepare(
      `REPLACE INTO audit (${columns.map(({ name }) => name).join(', ')})
       SELECT ${values.join(', ')} FROM audit WHERE ${somewhere.join(' OR ')}`,
    )
    .run();
}

const countedElsewhere: ReadonlySet<string> = new Set([
  'rejected_row.cells',
  'retried_row.email',
  'membership_batch.contacts',
  'field_clearing.email',
  'export_run.only_email',
  'never_mail.clear_text',
]);

/**
 * Writes the database anew without what was deleted, and empties its log: deleted rows would otherwise stand in free pages
 * until something else is written there. A few seconds for a million rows.
 */
export function rewriteDatabase(store: Store): void {
  store.pragma('wal_checkpoint(TRUNCATE)');
  store.exec('VACUUM');
  const [state] = store.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (state?.busy === 1) throw new Error('The log of the database could not be emptied');
}
