import type { Store } from './open-store.ts';

// People whom an export found on its list when it first sent them: somebody else put them there, so it never takes them off.

/** Whose list, and of whom; `emails` is a JSON array. */
interface Listed {
  readonly exportId: string;
  readonly destinationId: number;
  readonly emails: string;
}

/** Notes people who were on the list already. Whom an export of this profile has sent there before is not noted. */
export function noteListedOtherwise(store: Store, listed: Listed): void {
  store
    .prepare(
      `INSERT INTO listed_otherwise (export_id, destination_id, email)
       SELECT @exportId, @destinationId, e.value FROM json_each(@emails) e
       WHERE NOT EXISTS (
         SELECT 1 FROM export_definition d
         JOIN ledger l ON l.export_id = d.export_id AND l.destination_id = @destinationId AND l.email = e.value)
       ON CONFLICT DO NOTHING`,
    )
    .run(listed);
}

/** People who are not on the list any more: whoever puts them there now, it is not for what was before. */
export function forgetListedOtherwise(store: Store, listed: Listed): void {
  store
    .prepare(
      `DELETE FROM listed_otherwise WHERE export_id = @exportId AND destination_id = @destinationId
         AND email IN (SELECT value FROM json_each(@emails))`,
    )
    .run(listed);
}

const pagePeople = 20_000;

/** All of them as pages of text, an address a line, in the order of addresses. */
export function* listedOtherwisePages(store: Store, exportId: string, destinationId: number): Generator<string> {
  const page = store.prepare(
    `SELECT max(email) AS last, group_concat(email, char(10)) AS lines FROM (SELECT email FROM listed_otherwise
       WHERE export_id = ? AND destination_id = ? AND email > ? ORDER BY email LIMIT ${pagePeople})`,
  );
  for (let after = ''; ; ) {
    const { last, lines } = page.get(exportId, destinationId, after) as { last: string | null; lines: string | null };
    if (last === null || lines === null) return;
    yield `${lines}\n`;
    after = last;
  }
}
