import type Database from 'better-sqlite3';

export const activityStates = ['initialized', 'processing', 'completed', 'cancelled', 'failed', 'timed_out'] as const;
export type ActivityState = (typeof activityStates)[number];

export type ActivityKind =
  | 'file_import'
  | 'json_import'
  | 'add_memberships'
  | 'remove_memberships'
  | 'contact_delete'
  | 'list_delete'
  | 'taggings_add'
  | 'taggings_remove'
  | 'tags_delete'
  | 'custom_fields_delete'
  | 'contact_export';

/** The counters of `status` (constant-contact-v3.md 6.1); which of them exist depends on the kind. */
export interface Counters {
  items_total_count?: number;
  items_completed_count?: number;
  person_count?: number;
  error_count?: number;
  correctable_count?: number;
  cannot_add_to_list_count?: number;
  list_count?: number;
}

/** What a fault makes of an activity. `atPercent` says how far it gets first. */
export interface ActivityPlan {
  readonly outcome: 'failed' | 'timed_out' | 'cancelled' | 'stuck' | 'late';
  readonly atPercent: number;
}

export interface ActivityRow {
  readonly seq: number;
  readonly kind: ActivityKind;
  readonly state: ActivityState;
  readonly source_file_name: string | null;
  readonly input: string;
  readonly progress: string;
  readonly position: number;
  readonly percent_done: number;
  readonly errors: string;
  readonly plan: string | null;
  readonly created_at: number;
  readonly updated_at: number;
  readonly started_at: number | null;
  readonly completed_at: number | null;
}

export interface NewActivity {
  readonly kind: ActivityKind;
  readonly sourceFileName: string | null;
  readonly input: unknown;
  readonly body: Buffer | null;
  readonly counters: Counters;
  readonly plan: ActivityPlan | null;
}

/** How far an activity is, written together with what it did so that a restart goes on at the same row. */
export interface ActivityProgress {
  readonly position: number;
  readonly percent: number;
  readonly counters: Counters;
  readonly errors: readonly string[];
}

const columns = `seq, kind, state, source_file_name, input, progress, position, percent_done, errors, plan,
  created_at, updated_at, started_at, completed_at`;

/** How long the status of an activity is kept (6.1). */
const keptFor = 10 * 86_400_000;

export class ActivityStore {
  readonly #database: Database.Database;
  readonly #saveProgress;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#saveProgress = database.prepare<[number, number, string, string, number, number]>(
      'UPDATE activity SET position = ?, percent_done = ?, progress = ?, errors = ?, updated_at = ? WHERE seq = ?',
    );
  }

  /** The activity, or undefined when unknown or older than ten days. */
  get(seq: number, now: number): ActivityRow | undefined {
    return this.#database
      .prepare<[number, number], ActivityRow>(`SELECT ${columns} FROM activity WHERE seq = ? AND created_at > ?`)
      .get(seq, now - keptFor);
  }

  /** What was posted; kept only until the activity has ended. */
  body(seq: number): Buffer | null {
    const sql = 'SELECT body FROM activity_body WHERE activity = ?';
    return this.#database.prepare<[number], Buffer>(sql).pluck().get(seq) ?? null;
  }

  /** Newest first, those before `before` (0: from the newest). */
  page(state: ActivityState | null, before: number, limit: number, now: number): ActivityRow[] {
    return this.#database
      .prepare<(number | string | null)[], ActivityRow>(
        `SELECT ${columns} FROM activity WHERE (? = 0 OR seq < ?) AND created_at > ? AND (? IS NULL OR state = ?)
         ORDER BY seq DESC LIMIT ?`,
      )
      .all(before, before, now - keptFor, state, state, limit);
  }

  /** Row numbers of those not ended yet, oldest first. */
  open(): number[] {
    return this.#database
      .prepare<[], number>("SELECT seq FROM activity WHERE state IN ('initialized', 'processing') ORDER BY seq")
      .pluck()
      .all();
  }

  count(): number {
    return this.#database.prepare<[], number>('SELECT count(*) FROM activity').pluck().get() ?? 0;
  }

  create(activity: NewActivity, now: number): ActivityRow {
    const seq = this.#database.transaction(() => {
      const { lastInsertRowid } = this.#database
        .prepare(
          `INSERT INTO activity (kind, state, source_file_name, input, progress, plan, created_at, updated_at)
           VALUES (?, 'initialized', ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          activity.kind,
          activity.sourceFileName,
          JSON.stringify(activity.input),
          JSON.stringify(activity.counters),
          activity.plan === null ? null : JSON.stringify(activity.plan),
          now,
          now,
        );
      if (activity.body !== null) {
        this.#database.prepare('INSERT INTO activity_body VALUES (?, ?)').run(lastInsertRowid, activity.body);
      }
      return Number(lastInsertRowid);
    })();
    const row = this.get(seq, now);
    if (row === undefined) throw new Error('The new activity is gone.');
    return row;
  }

  start(seq: number, now: number): void {
    this.#database
      .prepare("UPDATE activity SET state = 'processing', started_at = ?, updated_at = ? WHERE seq = ?")
      .run(now, now, seq);
  }

  saveProgress(seq: number, progress: ActivityProgress, now: number): void {
    const { position, percent, counters, errors } = progress;
    this.#saveProgress.run(position, percent, JSON.stringify(counters), JSON.stringify(errors), now, seq);
  }

  /** Ends an activity and lets go of what was posted. */
  end(seq: number, state: 'completed' | 'cancelled' | 'failed' | 'timed_out', now: number): void {
    this.#database.transaction(() => {
      this.#database
        .prepare('UPDATE activity SET state = ?, completed_at = ?, updated_at = ? WHERE seq = ?')
        .run(state, now, now, seq);
      this.#database.prepare('DELETE FROM activity_body WHERE activity = ?').run(seq);
    })();
  }
}
