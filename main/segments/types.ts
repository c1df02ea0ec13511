/** What a segment file turned out to be, whatever its name says. Tab- and semicolon-separated text is `csv`. */
export type SegmentFormat = 'csv' | 'xlsx' | 'json' | 'ndjson' | 'parquet';

/** How the table was packed. An `.xlsx`, itself a zip, counts as `none`. */
export type Compression = 'none' | 'gzip' | 'zip';

/** ISO-8859-1 is reported as `windows-1252`, its superset; a byte order mark is not mentioned. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'macintosh';

/** Why a line could not be read. A code: the words are in the catalogues under `reading.unreadable.<code>`. */
export type UnreadableReason =
  | 'surplus-cells'
  | 'quote-not-closed'
  | 'text-after-quote'
  | 'invalid-encoding'
  | 'nul-character'
  | 'line-too-long'
  | 'invalid-json'
  | 'not-an-object';

/** A line that is not a row. `line` is the 1-based physical line on which it begins (a sheet's row for xlsx). */
export interface UnreadableLine {
  readonly line: number;
  readonly reason: UnreadableReason;
}

/** A row: one entry per column, `''` for an empty cell, null only where the row is short. */
export type SegmentRow = (string | null)[];

/** What was understood of a file, in the order in which the command line prints it. */
export interface Inspection {
  format: SegmentFormat;
  compression: Compression;
  encoding: TextEncoding;
  /** Null for one-column text and for what is not text. */
  delimiter: string | null;
  /** Null when no cell is quoted and for what is not text. */
  quote: string | null;
  /** Whole lines stand in quotes of their own, which were taken off; absent where they do not. */
  wrapped?: true;
  /** 1-based physical line (a sheet's row for xlsx); null when the columns are named by nothing or by the format itself. */
  headerLine: number | null;
  /** Headings as given: duplicated and empty ones stay so. Without a header line "Column 1", "Column 2", … */
  columns: string[];
  /** Records after the header, without blank, comment, footer and unreadable lines. */
  rowCount: number;
  unreadable: UnreadableLine[];
  rows?: SegmentRow[];
}

/** Corrections by a person; each replaces what would have been recognised. */
export interface ReadingOverrides {
  readonly encoding?: TextEncoding;
  /** One character; null: the file has one column. */
  readonly delimiter?: string | null;
  /** One character; null: quotes are text. */
  readonly quote?: string | null;
  /** Whether whole lines stand in quotes of their own. */
  readonly wrapped?: boolean;
  /** 1-based; null: there is no header line. */
  readonly headerLine?: number | null;
  /** Name of a workbook's sheet. */
  readonly sheet?: string;
}

/** How far a reading is. Reported at most ten times a second. */
export interface ReadingProgress {
  /** Bytes read of the file as it lies on disk (packed, when it is packed). */
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly rows: number;
}

/** What every reading takes. */
export interface ReadingOptions {
  readonly overrides?: ReadingOverrides;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReadingProgress) => void;
  /** Where a packed workbook or Parquet file may be unpacked for the time of the reading; the system's temp folder by default. */
  readonly tempFolder?: string;
}

/** How cells are told apart in delimited text. */
export interface Dialect {
  readonly delimiter: string | null;
  readonly quote: '"' | "'" | null;
  /** `doubled`: `""` stands for a quote; `backslash`: `\"` does as well, and `\\` for a backslash. */
  readonly escape: 'doubled' | 'backslash';
  /** Blanks between delimiter and quote belong to neither. */
  readonly blanksAroundQuotes: boolean;
  /**
   * Lines hold a whole record in one more pair of quotes, as the first cell of a table with this delimiter; null: they do not.
   * Spreadsheets write files so that they opened under another separator than the file's.
   */
  readonly wrapper: string | null;
}
