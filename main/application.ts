import type { CallName, EventName } from '../preload/contract/channels.ts';
import type { CallInput, CallOutput, EventPayload } from '../preload/contract/contract.ts';
import type { PersonRecord } from './store/persons.ts';

/** Where a call comes from. The guard of rights stands in front of every one. */
export interface Caller {
  readonly via: Way;
  /**
   * In whose name, where `admit` or a schedule says so. Absent: for the window whoever is in front of it; for a schedule the
   * export user of the connection that the call concerns.
   */
  readonly personId?: string;
}

export type Way = 'window' | 'command-line' | 'schedule';

/** A caller whose person is known: for whom a call is carried out. */
export interface Actor {
  readonly via: Way;
  readonly person: PersonRecord;
}

/** Who a command says it is for; null where nothing was said. Never logged. */
export interface Credentials {
  readonly name: string | null;
  readonly password: string | null;
}

/** An export that runs by itself, with the next time. */
export interface ScheduledExport {
  readonly exportId: string;
  readonly exportName: string;
  readonly nextAt: number;
}

export type Listener = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

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
  /**
   * Whom a command acts for: the only person where nobody has a password, else the one who was named and whose password
   * was given. Throws `person.not-found`, `person.credentials-missing`, `person.wrong-password`, `person.wait`.
   */
  admit(credentials: Credentials | null): Promise<Caller>;
  /** Tells every event to main itself; returns the function that ends the subscription. Listeners must not throw. */
  subscribe(listener: Listener): () => void;
  /** Tells a caller every event as far as it is for them: nothing but settings for a locked window. */
  subscribeAs(caller: Caller, listener: Listener): () => void;
  /** From now on watched folders are looked after: what comes into them is taken in. A second call does nothing. */
  watchFolders(): void;
  /** From now on exports run by themselves when their time comes. A second call does nothing. */
  startSchedules(): void;
  /** The exports whose schedules are on, the one that runs next first. */
  scheduledExports(): readonly ScheduledExport[];
  /** Whether a run is under way, for the question asked on quitting. */
  hasActiveRun(): boolean;
  /** For a person who leaves: lets every run rest after its batch, or cancels them all. What they do then, events tell. */
  endRuns(how: 'pause' | 'cancel'): void;
  /** Saves a report where the person says; the file's name, or null when they cancel. See main/report. */
  saveReport(): Promise<string | null>;
  /** Stops after what is in flight is journalled, ends threads and processes, closes the database. At most `limitMs`. */
  stop(limitMs: number): Promise<void>;
}
