import type { Purpose } from '../constant-contact/gate.ts';
import type { LimitKind } from '../constant-contact/remote-answer.ts';
import type { RunPace } from './run-pace.ts';
import type { RunProgress } from './run-progress.ts';

/** What the run thread is given when it starts. */
export interface RunThreadData {
  readonly storeFile: string;
  /** Each run has a folder of its own below it. */
  readonly runsFolder: string;
  readonly tempFolder: string;
  readonly memoryLimitMb: number;
  readonly userAgent: string;
}

export interface StartRun {
  readonly runId: string;
  readonly connectionId: string;
  readonly apiUrl: string;
  readonly pace: RunPace;
}

/** What main may ask of the run thread. A type, not an interface: it has to fit an index signature. */
export type RunThreadCalls = {
  /** Answers when the run has ended, however it ended. */
  execute(input: StartRun, signal: AbortSignal): Promise<void>;
  cancel(input: { runId: string }): void;
  /** Ends what goes on, closes the database. Answers when it is done. */
  shutDown(input: Record<string, never>): Promise<void>;
};

/** What the run thread asks of main, or tells it. */
export type MainCalls = {
  /** A turn and a fresh token for one request. */
  permit(input: { connectionId: string; purpose: Purpose }, signal: AbortSignal): Promise<{ accessToken: string }>;
  unauthorized(input: { connectionId: string; usedToken: string }, signal: AbortSignal): Promise<void>;
  limited(input: { connectionId: string; kind: LimitKind; retryAfterMs: number | null }): void;
  /** The proxy that the system names for an address, null for none. */
  proxy(input: { url: string }): Promise<string | null>;
  /** At most four a second, and at every change of state. */
  progress(input: { runId: string; progress: RunProgress }): void;
  /** An error that nobody meant to throw, for the log: its stack. */
  surprised(input: { stack: string }): void;
};
