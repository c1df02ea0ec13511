import { SegueError } from '../errors/segue-error.ts';

/** Which sign-ins are known to have ended since the app started, and who waits for a person to renew them. */
export interface SignInStates {
  /** Whether a person must sign in to this connection again, as far as is known. */
  hasEnded(connectionId: string): boolean;
  noteEnded(connectionId: string): void;
  /** A person has signed in again, and the new tokens are stored: whoever waits goes on. */
  noteRenewed(connectionId: string): void;
  /** How often the connection was renewed so far; for {@link untilRenewed}. */
  renewals(connectionId: string): number;
  /**
   * Resolves as soon as there were more renewals than `seen`, which is at once when one came in between. Rejects with
   * `cancelled` when the signal is aborted.
   */
  untilRenewed(connectionId: string, seen: number, signal: AbortSignal): Promise<void>;
}

/** See {@link SignInStates}. `changed` is called when a sign-in turns out to have ended. */
export function createSignInStates(changed: () => void): SignInStates {
  const ended = new Set<string>();
  const counts = new Map<string, number>();
  const waiting = new Set<() => void>();
  const renewals = (connectionId: string) => counts.get(connectionId) ?? 0;
  return {
    hasEnded: (connectionId) => ended.has(connectionId),
    noteEnded(connectionId) {
      if (ended.has(connectionId)) return;
      ended.add(connectionId);
      changed();
    },
    noteRenewed(connectionId) {
      ended.delete(connectionId);
      counts.set(connectionId, renewals(connectionId) + 1);
      for (const look of [...waiting]) look();
    },
    renewals,
    untilRenewed(connectionId, seen, signal) {
      return new Promise((resolve, reject) => {
        const settle = (finish: () => void) => {
          waiting.delete(look);
          signal.removeEventListener('abort', giveUp);
          finish();
        };
        const look = () => {
          if (renewals(connectionId) > seen) settle(resolve);
        };
        const giveUp = () => settle(() => reject(new SegueError('cancelled')));
        if (signal.aborted) return giveUp();
        waiting.add(look);
        signal.addEventListener('abort', giveUp, { once: true });
        look();
      });
    },
  };
}
