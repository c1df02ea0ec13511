import type { NeverMailEntry } from '../../preload/contract/views.ts';
import { expectOne, type Store } from './open-store.ts';

export interface NewNeverMail {
  readonly kind: NeverMailEntry['kind'];
  readonly keyedHash: Uint8Array;
  /** Trimmed, lower-cased. */
  readonly text: string;
}

const columns = 'entry_id AS entryId, kind, clear_text AS text, added_at AS addedAt, added_by AS addedBy';

/** Adds entries; one that is there already stays, and gets its text back when only its hash was left. Answers how many are new. */
export function insertNeverMail(store: Store, entries: readonly NewNeverMail[], addedBy: string, at: number): number {
  const insert = store.prepare(
    `INSERT INTO never_mail (kind, keyed_hash, clear_text, added_at, added_by) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kind, keyed_hash) DO NOTHING`,
  );
  const bringBack = store.prepare(
    'UPDATE never_mail SET clear_text = ? WHERE kind = ? AND keyed_hash = ? AND clear_text IS NULL',
  );
  return store.transaction(() => {
    let added = 0;
    for (const { kind, keyedHash, text } of entries) {
      const { changes } = insert.run(kind, keyedHash, text, at, addedBy);
      added += changes;
      if (changes === 0) bringBack.run(text, kind, keyedHash);
    }
    return added;
  })();
}

/** Holds somebody back by the keyed hash alone: the text of an entry that is there goes. */
export function holdByHashAlone(store: Store, keyedHash: Uint8Array, addedBy: string, at: number): void {
  store
    .prepare(
      `INSERT INTO never_mail (kind, keyed_hash, clear_text, added_at, added_by) VALUES ('address', ?, NULL, ?, ?)
       ON CONFLICT (kind, keyed_hash) DO UPDATE SET clear_text = NULL`,
    )
    .run(keyedHash, at, addedBy);
}

/** Newest first: entries before `beforeId` (0 for the first page) whose text holds `search`. */
export function pageNeverMail(store: Store, search: string, beforeId: number, limit: number): NeverMailEntry[] {
  return store
    .prepare(
      `SELECT ${columns} FROM never_mail
       WHERE (@search = '' OR instr(clear_text, @search) > 0) AND (@beforeId = 0 OR entry_id < @beforeId)
       ORDER BY entry_id DESC LIMIT @limit`,
    )
    .all({ search, beforeId, limit }) as NeverMailEntry[];
}

/** The whole domains of the list, by name. */
export function listNeverMailDomains(store: Store): string[] {
  return store
    .prepare(`SELECT clear_text FROM never_mail WHERE kind = 'domain' AND clear_text IS NOT NULL ORDER BY clear_text`)
    .pluck()
    .all() as string[];
}

export function countNeverMail(store: Store): number {
  return (store.prepare('SELECT count(*) AS n FROM never_mail').get() as { n: number }).n;
}

export function hasNeverMail(store: Store, kind: NeverMailEntry['kind'], keyedHash: Uint8Array): boolean {
  const found = store.prepare('SELECT 1 FROM never_mail WHERE kind = ? AND keyed_hash = ?').get(kind, keyedHash);
  return found !== undefined;
}

export function deleteNeverMail(store: Store, entryId: number): void {
  expectOne(store.prepare('DELETE FROM never_mail WHERE entry_id = ?').run(entryId), 'deleteNeverMail');
}

/** The list as pages of text, one entry a line: kind, tab, keyed hash in hex, tab, text ('' when only the hash is left). */
export function* neverMailPages(store: Store): Generator<string> {
  const page = store.prepare(
    `SELECT max(entry_id) AS last,
       group_concat(kind || char(9) || lower(hex(keyed_hash)) || char(9) || coalesce(clear_text, ''), char(10)) AS lines
     FROM (SELECT * FROM never_mail WHERE entry_id > ? ORDER BY entry_id LIMIT 20000)`,
  );
  for (let after = 0; ; ) {
    const { last, lines } = page.get(after) as { last: number | null; lines: string | null };
    if (last === null || lines === null) return;
    yield `${lines}\n`;
    after = last;
  }
}
