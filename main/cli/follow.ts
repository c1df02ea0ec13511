import type { EventName } from '../../preload/contract/channels.ts';
import type { EventPayload } from '../../preload/contract/contract.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import type { CommandCalls } from './command-io.ts';

/** The newest view of each thing of one kind, kept up to date by the application's events. */
export interface Followed<T> {
  /** Takes over a view that a call answered, unless an event has already brought a newer one. */
  start(id: string, view: T): void;
  get(id: string): T | undefined;
  /**
   * Waits until `check` answers something. On abort, `interrupt` is called once and the wait goes on: what was begun
   * ends in its own way, with a view that says so.
   */
  until<R>(
    check: () => R | undefined,
    options: { signal: AbortSignal; interrupt: () => Promise<void>; progress?: () => void },
  ): Promise<R>;
  stop(): void;
}

/** Begins to follow; call it before the call that starts the work, so that no event is missed. */
export function follow<N extends EventName, T>(
  application: CommandCalls,
  name: N,
  pick: (payload: EventPayload<N>) => readonly [string, T],
): Followed<T> {
  const views = new Map<string, T>();
  const watchers = new Set<() => void>();
  const unsubscribe = application.subscribe((event, payload) => {
    if ((event as EventName) !== name) return;
    const [id, view] = pick(payload as unknown as EventPayload<N>);
    views.set(id, view);
    for (const watcher of watchers) watcher();
  });
  return {
    start(id, view) {
      if (!views.has(id)) views.set(id, view);
    },
    get: (id) => views.get(id),
    until(check, { signal, interrupt, progress }) {
      return new Promise((resolve, reject) => {
        const settle = (finish: () => void) => {
          watchers.delete(look);
          signal.removeEventListener('abort', stop);
          finish();
        };
        const look = () => {
          try {
            progress?.();
            const found = check();
            if (found !== undefined) settle(() => resolve(found));
          } catch (thrown) {
            settle(() => reject(thrown));
          }
        };
        const stop = () => {
          interrupt().catch((thrown: unknown) => {
            // It may have ended by itself in the same moment: then its view says so.
            if (check() === undefined)
              settle(() => reject(new SegueError(toWireError(thrown).code, {}, { cause: thrown })));
          });
        };
        watchers.add(look);
        signal.addEventListener('abort', stop, { once: true });
        look();
        if (signal.aborted) stop();
      });
    },
    stop: unsubscribe,
  };
}
