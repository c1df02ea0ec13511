import path from 'node:path';
import Database from 'better-sqlite3';

/** What a practice account that has been stopped holds on the list of this name. */
export interface Landed {
  readonly members: number;
  /** Members whose address is not among the expected ones. */
  readonly unexpected: number;
}

/** Reads the account's own file in the profile; the app must have ended. Throws when the list is not there once. */
export function landedOn(profile: string, listName: string, expected: ReadonlySet<string>): Landed {
  const database = new Database(path.join(profile, 'practice', 'practice.sqlite'), { readonly: true });
  try {
    const lists = database.prepare<[string], { seq: number }>('SELECT seq FROM list WHERE name = ?').all(listName);
    const [list] = lists;
    if (list === undefined || lists.length !== 1) throw new Error(`The account has ${lists.length} such lists`);
    const addresses = database
      .prepare<[number], string>(
        'SELECT address FROM membership JOIN contact ON contact.seq = membership.contact WHERE list = ?',
      )
      .pluck()
      .iterate(list.seq);
    let members = 0;
    let unexpected = 0;
    for (const address of addresses) {
      members += 1;
      if (!expected.has((address as string).trim().toLowerCase())) unexpected += 1;
    }
    return { members, unexpected };
  } finally {
    database.close();
  }
}
