import type Database from 'better-sqlite3';

/** One request as the log keeps it. `path` carries the names of query parameters, never their values. */
export interface LoggedRequest {
  readonly seq: number;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly bytes: number;
}

const kept = 2_000;

/** What was asked of the account: the last requests, and how many each API key made on a UTC day. */
export class RequestStore {
  readonly #database: Database.Database;
  readonly #log;
  readonly #trim;
  readonly #count;
  readonly #counted;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#log = database.prepare<[number, string, string, number, number, number]>(
      'INSERT INTO request_log (at, method, path, status, milliseconds, bytes) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#trim = database.prepare<[number]>('DELETE FROM request_log WHERE seq <= ?');
    this.#count = database.prepare<[string, string, number]>(
      `INSERT INTO request_day VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET requests = requests + excluded.requests`,
    );
    this.#counted = database
      .prepare<[string, string], number>('SELECT requests FROM request_day WHERE client_id = ? AND day = ?')
      .pluck();
  }

  log(request: Omit<LoggedRequest, 'seq'>): void {
    const { lastInsertRowid } = this.#log.run(
      request.at,
      request.method,
      request.path,
      request.status,
      request.milliseconds,
      request.bytes,
    );
    const seq = Number(lastInsertRowid);
    if (seq % 100 === 0) this.#trim.run(seq - kept);
  }

  /** Newest first, those before `before` (0: from the newest). */
  page(before: number, limit: number): LoggedRequest[] {
    return this.#database
      .prepare<number[], LoggedRequest>('SELECT * FROM request_log WHERE (? = 0 OR seq < ?) ORDER BY seq DESC LIMIT ?')
      .all(before, before, limit);
  }

  /** How many requests there ever were. */
  total(): number {
    return this.#database.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM request_log').pluck().get() ?? 0;
  }

  /** Adds to an API key's requests of a day. */
  countToday(clientId: string, day: string, requests: number): void {
    this.#count.run(clientId, day, requests);
  }

  requestsOn(clientId: string, day: string): number {
    return this.#counted.get(clientId, day) ?? 0;
  }

  /** Requests of a day, all API keys together. */
  allRequestsOn(day: string): number {
    return (
      this.#database
        .prepare<[string], number>('SELECT coalesce(sum(requests), 0) FROM request_day WHERE day = ?')
        .pluck()
        .get(day) ?? 0
    );
  }
}
