import type { LimitKind } from './remote-answer.ts';

/** Who is waiting for an answer: a person in front of a screen, or an export that may wait for hours. */
export type Purpose = 'interactive' | 'run';

/** What a request needs before it may go out. */
export interface Permit {
  readonly accessToken: string;
}

/**
 * Stands in front of every request. There is one per API key for the whole app, in the main process; a worker thread reaches
 * it by messages. It alone knows pace and tokens, so the client keeps neither.
 */
export interface ApiGate {
  /**
   * Waits for this request's turn and gives a fresh access token. Rejects with `sign-in.expired` when a person must sign in
   * again, with `remote.quota-exhausted` when a person would have to wait until tomorrow, or with the signal's reason.
   */
  permit(request: { readonly purpose: Purpose; readonly signal?: AbortSignal }): Promise<Permit>;
  /** A token was refused with 401: has it refreshed, once for all who were refused with it. */
  onUnauthorized(usedToken: string): Promise<void>;
  /** A 429 came back. `retryAfterMs` is what the answer asked for, or null. */
  onLimited(kind: LimitKind, retryAfterMs: number | null): void;
}
