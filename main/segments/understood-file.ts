import type { ByteSource } from './byte-source.ts';
import type { RecordScanner } from './csv/record-scanner.ts';
import type { ProgressReporter } from './progress.ts';
import type { Inspection, SegmentRow, UnreadableReason } from './types.ts';

/** What a reading tells, row after row. */
export interface RowVisitor {
  row?(cells: SegmentRow): void;
  unreadable?(line: number, reason: UnreadableReason, text: string): void;
}

/** Between chunks: true ends the reading. */
export type Enough = (rows: number) => boolean | Promise<boolean>;

/** A segment file that has been recognised and read once; whatever its format, it can be read again. */
export interface UnderstoodFile {
  readonly source: ByteSource;
  /** Without rows. */
  readonly inspection: Inspection;
  /** Lines that are neither header, row nor unreadable. */
  readonly skipped: { readonly blank: number; readonly comment: number; readonly footer: number };
  /** The workbook's sheet that was read, and the others. */
  readonly sheets?: readonly SheetSummary[];
  /** Rows that a workbook hides; they are read all the same. */
  readonly hiddenRows?: number;
  readRows(visitor: RowVisitor, progress: ProgressReporter, enough?: Enough): Promise<number>;
  /** For delimited text: the records as bytes, without making strings. */
  readonly readRecords?: (
    visitor: {
      row?(scanner: RecordScanner): void;
      unreadable?(line: number, reason: UnreadableReason, scanner: RecordScanner): void;
    },
    progress: ProgressReporter,
    enough?: Enough,
  ) => Promise<number>;
  /** Escaped cells are in `"` with `""` inside. */
  readonly rawQuotes: boolean;
  /** Some cell may hold a line break. */
  readonly breaksInCells: boolean;
  /** A FROM clause with which DuckDB reads the very same cells by itself, as columns c0, c1, …; absent when it cannot be trusted to. */
  readonly relation?: string;
  /** Files that the relation reads; the source's own when absent. */
  readonly reads?: readonly string[];
  /** Removes what was unpacked for the reading. */
  dispose(): Promise<void>;
}

/** A sheet of a workbook. */
export interface SheetSummary {
  readonly name: string;
  readonly visible: boolean;
  readonly chosen: boolean;
}
