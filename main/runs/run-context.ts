import type { RunView } from '../../preload/contract/views.ts';
import type { ApiClient } from '../constant-contact/http-client.ts';
import type { DuckDb } from '../segments/duckdb.ts';
import type { Batch } from '../store/batches.ts';
import type { Store } from '../store/open-store.ts';
import type { RunPace } from './run-pace.ts';
import type { ProgressTracker } from './run-progress.ts';

/** What a run is given by the thread that carries it out. */
export interface RunEnvironment {
  readonly runId: string;
  readonly store: Store;
  readonly client: ApiClient;
  /** The run's own folder: frozen stages and plan. Removed when nothing is left to do. */
  readonly runFolder: string;
  readonly tempFolder: string;
  readonly memoryLimitMb: number;
  readonly pace: RunPace;
  readonly progress: ProgressTracker;
  readonly cancelled: AbortSignal;
  readonly abandoned: AbortSignal;
  readonly stopped: AbortSignal;
  now(): number;
  /** The profile's secret, with which hashes on the never-mail list are keyed. */
  profileKey(): Promise<Buffer>;
  /** Hears of errors that nobody meant to throw. */
  surprised(error: unknown): void;
  /** Counts or state moved on. `important` changes are told at once, others when it suits. */
  changed(important: boolean): void;
}

/** What the parts of one run share while it is carried out. */
export interface RunContext {
  readonly runId: string;
  readonly exportId: string;
  readonly listId: string;
  readonly listName: string;
  /** See {@link RunEnvironment}. */
  readonly runFolder: string;
  /** The list's number in the ledger. */
  readonly destinationId: number;
  readonly store: Store;
  readonly client: ApiClient;
  /** The run's own database with its plan. */
  readonly db: DuckDb;
  /** Columns of the request's file, `email` left out. */
  readonly fields: readonly string[];
  readonly pace: RunPace;
  /** Ends sending. What was posted is still followed to its end. */
  readonly cancelled: AbortSignal;
  /** Gives up the request on its way: a moment after `cancelled`, so that an answer about to come is still taken. */
  readonly abandoned: AbortSignal;
  /** Ends everything, at once. */
  readonly stopped: AbortSignal;
  now(): number;
  /** See {@link RunEnvironment}. */
  profileKey(): Promise<Buffer>;
  /** Says what the run waits for, null when it goes on. */
  reportWaiting(waiting: RunView['waiting']): void;
  /** A batch moved on: counts are to be told. */
  reportBatch(batch: Batch): void;
}
