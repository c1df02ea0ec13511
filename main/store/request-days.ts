import type { Store } from './open-store.ts';

/** Requests counted for one API key on one UTC day (constant-contact-v3.md 3). */
export interface RequestDay {
  /** `2026-11-23`, UTC. */
  readonly day: string;
  readonly requests: number;
  readonly exhausted: boolean;
}

/** The newest day counted for a key. */
export function newestRequestDay(store: Store, apiKey: string): RequestDay | null {
  const row = store
    .prepare(
      `SELECT utc_day AS day, requests, exhausted FROM request_day WHERE api_key = ? ORDER BY utc_day DESC LIMIT 1`,
    )
    .get(apiKey) as { day: string; requests: number; exhausted: number } | undefined;
  return row ? { ...row, exhausted: row.exhausted === 1 } : null;
}

export function saveRequestDay(store: Store, apiKey: string, count: RequestDay): void {
  store
    .prepare(
      `INSERT INTO request_day (api_key, utc_day, requests, exhausted) VALUES (?, ?, ?, ?)
       ON CONFLICT (api_key, utc_day) DO UPDATE SET requests = excluded.requests, exhausted = excluded.exhausted`,
    )
    .run(apiKey, count.day, count.requests, count.exhausted ? 1 : 0);
}
