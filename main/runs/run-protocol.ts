import type { WireError } from '../../preload/contract/error-codes.ts';
import type { PersonFound, PlanStep } from '../../preload/contract/views.ts';
import type { Purpose } from '../constant-contact/gate.ts';
import type { LimitKind } from '../constant-contact/remote-answer.ts';
import type { PersonOrder } from '../kept/forget/forget-person.ts';
import type { RowsQuery, RowWords, ShownRow } from './outcomes/row-calls.ts';
import type { DryRun, DryRunOrder } from './planning/dry-run.ts';
import type { PlanRowsOrder, PlanRowsPage } from './planning/plan-rows.ts';
import type { RunPace } from './run-pace.ts';
import type { RunProgress } from './run-progress.ts';

/** What the run thread is given when it starts. */
export interface RunThreadData {
  readonly storeFile: string;
  /** Each run has a folder of its own below it. */
  readonly runsFolder: string;
  readonly tempFolder: string;
  /** What DuckDB may take from the next run, plan or look on. */
  memoryLimitMb: number;
  readonly userAgent: string;
}

export interface StartRun {
  readonly runId: string;
  readonly connectionId: string;
  readonly apiUrl: string;
  readonly pace: RunPace;
}

/** What a plan is made of that a person looks at. */
export interface StartPlan extends DryRunOrder {
  readonly connectionId: string;
  readonly apiUrl: string;
  readonly pace: RunPace;
  /** Whether the account can be asked about its opt-outs; else what is known of them serves. */
  readonly asksAccount: boolean;
}

export interface MadePlan extends DryRun {
  /** When the opt-outs were read that it was made with, null when they are not known. */
  readonly optOutsReadAt: number | null;
  /** Why the account could not be asked about them. */
  readonly accountError: WireError | null;
}

/** What main may ask of the run thread. A type, not an interface: it has to fit an index signature. */
export type RunThreadCalls = {
  /** Answers when the run has ended, however it ended. */
  execute(input: StartRun, signal: AbortSignal): Promise<void>;
  /** Reads the list of a finished run back. Answers when that has ended, however it ended. */
  readBack(input: StartRun, signal: AbortSignal): Promise<void>;
  cancel(input: { runId: string }): void;
  /** `atOnce`: what is under way is not followed to its end but left for later. */
  pause(input: { runId: string; atOnce: boolean }): void;
  pageRows(input: RowsQuery & { after: string; limit: number }): Promise<{ rows: ShownRow[]; total: number }>;
  saveRows(input: RowsQuery & { target: string; words: RowWords }): Promise<{ rows: number }>;
  /** Makes a plan to be looked at; sends nothing. */
  plan(input: StartPlan, signal: AbortSignal): Promise<MadePlan>;
  planRows(input: PlanRowsOrder): Promise<PlanRowsPage>;
  /** Counts everything that is kept about a person; see main/kept/forget. */
  findPerson(input: PersonOrder): Promise<PersonFound>;
  /** Deletes it, while nothing else goes on; answers what is left. */
  forgetPerson(input: PersonOrder): Promise<PersonFound>;
  setMemory(input: { memoryLimitMb: number }): void;
  /** The computer has slept: connections of before lead nowhere. What was on its way on them is looked for. */
  wake(input: Record<string, never>): void;
  /** Ends what goes on, closes the database. Answers when it is done. */
  shutDown(input: Record<string, never>): Promise<void>;
};

/** What the run thread asks of main, or tells it. */
export type MainCalls = {
  /** A turn and a fresh token for one request. */
  permit(
    input: { connectionId: string; runId: string | null; purpose: Purpose },
    signal: AbortSignal,
  ): Promise<{ accessToken: string }>;
  unauthorized(
    input: { connectionId: string; runId: string | null; usedToken: string },
    signal: AbortSignal,
  ): Promise<void>;
  limited(input: { connectionId: string; kind: LimitKind; retryAfterMs: number | null }): void;
  /** The proxy that the system names for an address, null for none. */
  proxy(input: { url: string }): Promise<string | null>;
  /** The profile's secret, in hex: asked for when people of whom only hashes are left are to be held back. */
  profileKey(input: Record<string, never>): Promise<{ hex: string }>;
  /** What making a plan is busy with. */
  planStep(input: { exportId: string; step: PlanStep }): void;
  /** How far deleting everything about a person is. */
  forgetting(input: { done: number; total: number }): void;
  /** At most four a second, and at every change of state. */
  progress(input: { runId: string; progress: RunProgress }): void;
  /** An error that nobody meant to throw, for the log: its stack. */
  surprised(input: { stack: string }): void;
};
