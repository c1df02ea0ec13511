import Database from 'better-sqlite3';

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Milliseconds between `from` and `to` (since 1970) in which nothing of ours was pending at the other side: no activity
 * from when it was taken until it had ended, by the practice account's own record. Uploading, waiting for a turn and
 * looking too late count as ours.
 */
export function ownMs(practiceState: string, { from, to }: Span): number {
  const state = new Database(practiceState, { readonly: true });
  try {
    const pending = state
      .prepare<[number, number], Span>(
        `SELECT created_at AS "from", completed_at AS "to" FROM activity
         WHERE completed_at >= ? AND created_at <= ? ORDER BY created_at`,
      )
      .all(from, to);
    let own = 0;
    let until = from;
    for (const span of pending) {
      own += Math.max(0, span.from - until);
      until = Math.max(until, span.to);
    }
    return own + Math.max(0, to - until);
  } finally {
    state.close();
  }
}
