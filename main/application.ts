import type { CallName, EventName } from '../preload/contract/channels.ts';
import type { CallInput, CallOutput, EventPayload } from '../preload/contract/contract.ts';

/** Where a call comes from. The guard of rights stands in front of every one. */
export interface Caller {
  readonly via: 'window' | 'command-line' | 'schedule';
}

/**
 * Segue without a window: every call of the contract, parsed, checked against the person's rights and carried out.
 * The window's IPC and the command line are two thin callers of this one object.
 */
export interface Application {
  /**
   * Input of any shape is parsed; refusals are thrown as SegueError (`ipc.invalid-input`, `person.not-allowed`, …).
   * The answer is plain data that fits the call's output schema.
   */
  call<N extends CallName>(name: N, input: CallInput<N>, caller: Caller): Promise<CallOutput<N>>;
  /** Tells every event; returns the function that ends the subscription. Listeners must not throw. */
  subscribe(listener: <N extends EventName>(name: N, payload: EventPayload<N>) => void): () => void;
  /** From now on watched folders are looked after: what comes into them is taken in. A second call does nothing. */
  watchFolders(): void;
  /** Whether a run is under way, for the question asked on quitting. */
  hasActiveRun(): boolean;
  /** For a person who leaves: lets every run rest after its batch, or cancels them all. What they do then, events tell. */
  endRuns(how: 'pause' | 'cancel'): void;
  /** Stops after what is in flight is journalled, ends threads and processes, closes the database. At most `limitMs`. */
  stop(limitMs: number): Promise<void>;
}
