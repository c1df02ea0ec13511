import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/** A run as the profile's database has it, read past the app. */
export interface JournalRun {
  readonly runId: string;
  readonly exportId: string;
  readonly state: string;
  readonly phase: string;
  readonly listName: string;
  readonly rowsRead: number;
  readonly rejected: number;
  readonly duplicate: number;
  readonly heldBack: number;
  readonly unchanged: number;
}

export interface JournalBatch {
  readonly batchNumber: number;
  readonly rows: number;
  readonly state: string;
  readonly attempt: number;
  readonly fileName: string;
  readonly activityId: string | null;
  readonly unconfirmed: number;
  readonly accepted: number;
  readonly refused: number;
  readonly unknown: number;
}

/** Reads the database of a profile whose app is not running; null before there is one. */
export function readJournal<T>(profile: string, read: (journal: Database.Database) => T): T | null {
  const file = path.join(profile, 'segue.sqlite');
  if (!existsSync(file)) return null;
  const journal = new Database(file, { timeout: 10_000 });
  try {
    // A process that was ended while it made its database leaves one without tables.
    const isMade = journal.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'export_run'").get() !== undefined;
    return isMade ? read(journal) : null;
  } finally {
    journal.close();
  }
}

const runColumns = `run_id AS runId, export_id AS exportId, state, phase, list_name AS listName, rows_read AS rowsRead,
  rejected, duplicate, held_back AS heldBack, unchanged`;

/** The runs that were begun for a list, oldest first. */
export function runsOf(journal: Database.Database, listName: string): JournalRun[] {
  const sql = `SELECT ${runColumns} FROM export_run WHERE list_name = ? ORDER BY started_at`;
  return journal.prepare(sql).all(listName) as JournalRun[];
}

export function batchesOf(journal: Database.Database, runId: string): JournalBatch[] {
  const sql = `SELECT batch_number AS batchNumber, rows, state, attempt, file_name AS fileName,
      activity_id AS activityId, unconfirmed, accepted, refused, unknown
    FROM batch WHERE run_id = ? ORDER BY batch_number`;
  return journal.prepare(sql).all(runId) as JournalBatch[];
}

/** What a run had to clear, and how each person's clearing ended. */
export interface JournalClearing {
  readonly people: number;
  /** Still to be done. */
  readonly left: number;
  readonly cleared: number;
  readonly blank: number;
  readonly leftAsIs: number;
  readonly refused: number;
}

export function clearingOf(journal: Database.Database, runId: string): JournalClearing {
  const sql = `SELECT r.clearing AS people, (SELECT count(*) FROM field_clearing f WHERE f.run_id = r.run_id) AS left,
      coalesce(cleared, 0) AS cleared, coalesce(clear_blank, 0) AS blank, coalesce(clear_left, 0) AS leftAsIs,
      coalesce(clear_refused, 0) AS refused
    FROM export_run r LEFT JOIN run_account a USING (run_id) WHERE r.run_id = ?`;
  return journal.prepare(sql).get(runId) as JournalClearing;
}

/** Everybody whom the ledger says an export has sent. */
export function ledgerOf(journal: Database.Database, exportId: string): Set<string> {
  const sql = 'SELECT email FROM ledger WHERE export_id = ?';
  return new Set(journal.prepare<[string], string>(sql).pluck().all(exportId));
}

/** What SQLite itself finds wrong with the file: nothing, when it is sound. */
export function damage(journal: Database.Database): string[] {
  const answer = journal.prepare<[], string>('PRAGMA integrity_check').pluck().all();
  return answer.length === 1 && answer[0] === 'ok' ? [] : answer;
}
