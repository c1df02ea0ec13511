import type { EventName } from '../preload/contract/channels.ts';
import type { EventPayload } from '../preload/contract/contract.ts';

type Listener = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

/** Tells the window, the command line and whoever else listens what has changed. */
export interface Events {
  /** Gives the event the next revision and hands it to every listener. */
  publish<N extends EventName>(name: N, value: EventPayload<N>['value']): void;
  subscribe(listener: Listener): () => void;
  /** Revision of the newest event: what is in a snapshot includes everything up to it. */
  revision(): number;
}

export function createEvents(): Events {
  let revision = 0;
  const listeners = new Set<Listener>();
  return {
    publish(name, value) {
      revision += 1;
      const payload = { revision, value } as EventPayload<typeof name>;
      for (const listener of [...listeners]) listener(name, payload);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    revision: () => revision,
  };
}
