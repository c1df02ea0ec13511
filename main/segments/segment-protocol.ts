import type { CheckView, FindingView, ProfileView } from '../../preload/contract/views.ts';
import type { CheckedSegment } from '../exports/check.ts';
import type { ColumnDateOrder } from '../exports/date-orders.ts';
import type { FindingCells, FindingPage } from '../exports/finding-rows.ts';
import type { SegmentSource } from '../exports/stage-cells.ts';
import type { MendedFile, MendedRows } from '../runs/mended/mended-table.ts';
import type { ProfiledStage } from './columns/profile-stage.ts';
import type { MemberPage, MemberQuery, MemberStage } from './members/member-pages.ts';
import type { WriteMembers } from './members/write-members.ts';
import type { BeginningSummary, SegmentSummary } from './segment-record.ts';
import type { SplitStage } from './split-stage.ts';
import type { StagedForLibrary } from './stage-for-library.ts';
import type { ReadingOverrides, ReadingProgress } from './types.ts';

/** What the segments thread is given when it starts. */
export interface SegmentThreadData {
  readonly tempFolder: string;
  /** Every stage lies in a folder below it. */
  readonly stagesFolder: string;
  /** What DuckDB may take from the next reading on. */
  memoryLimitMb: number;
}

export interface WriteMended {
  readonly file: MendedFile;
  /** Rows that the run is not to have. */
  readonly leftOut: readonly number[];
  /** A stage for each segment of the file, all in `folder`. */
  readonly targets: readonly string[];
  readonly folder: string;
}

/** What main may ask of the segments thread. A type, not an interface: it has to fit an index signature. */
export type SegmentThreadCalls = {
  /** What the beginning of a segment's files tells. */
  preview(
    input: { files: readonly string[]; overrides: ReadingOverrides },
    signal: AbortSignal,
  ): Promise<BeginningSummary>;
  /** Reads files of one segment into the stage folder. Progress is told under the same `stageId`. */
  stage(
    input: { stageId: string; files: readonly string[]; overrides: ReadingOverrides; stageFolder: string },
    signal: AbortSignal,
  ): Promise<StagedForLibrary>;
  check(input: { segments: readonly CheckedSegment[]; previewRows: number }, signal: AbortSignal): Promise<CheckView>;
  findings(input: { segments: readonly CheckedSegment[] }, signal: AbortSignal): Promise<FindingView[]>;
  findingRows(input: FindingPage, signal: AbortSignal): Promise<FindingCells>;
  /** Looks through a staged file of mended rows with the checks of every run. */
  readMended(input: MendedFile, signal: AbortSignal): Promise<MendedRows>;
  /** Writes the rows of it that a run is to have; answers which of its segments have any. */
  writeMended(input: WriteMended, signal: AbortSignal): Promise<number[]>;
  /** Looks through all columns of a stage and keeps what it finds beside it. */
  profile(stage: ProfiledStage, signal: AbortSignal): Promise<ProfileView>;
  /** What matched columns of dates say of their order, by segment and column. */
  dateOrders(input: { segments: readonly SegmentSource[] }, signal: AbortSignal): Promise<ColumnDateOrder[]>;
  /** Cuts a stage into parts; answers what each part is. */
  split(input: SplitStage, signal: AbortSignal): Promise<SegmentSummary[]>;
  /** A page of a stage's rows. */
  pageMembers(input: MemberQuery, signal: AbortSignal): Promise<MemberPage>;
  /** Cells of stages that a spreadsheet would take for formulas. */
  countFormulas(
    input: { stages: readonly MemberStage[] },
    signal: AbortSignal,
  ): Promise<{ cells: number; example: string | null }>;
  /** Writes rows of stages as CSV; answers how many. How far it is, is told under the same `saveId`. */
  writeMembers(input: WriteMembers, signal: AbortSignal): Promise<number>;
  /** From the next reading on. */
  setMemory(input: { memoryLimitMb: number }): void;
  shutDown(input: Record<string, never>): Promise<void>;
};

/** What the segments thread tells main. */
export type SegmentMainCalls = {
  progress(input: { stageId: string; progress: ReadingProgress }): void;
  membersWritten(input: { saveId: string; rows: number }): void;
  /** An error that nobody meant to throw, for the log: its stack. */
  surprised(input: { stack: string }): void;
};
