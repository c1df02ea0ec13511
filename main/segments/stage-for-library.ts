import { openDuckDb } from './duckdb.ts';
import { suggestFieldMap } from './field-map.ts';
import type { SegmentSummary } from './segment-record.ts';
import { stageSegment, stageTable } from './stage.ts';
import type { ReadingProgress } from './types.ts';

/** Rows whose values help to tell what a column holds. */
const sampledRows = 500;
const shownSamples = 5;
const shownUnreadable = 100;
/** A sample is to be recognised, not read: longer values are cut for showing. */
const sampleLength = 80;

/**
 * Stages a segment's files and sums up what the window shows of them: what was understood, headings with a few values,
 * and which columns look like which contact fields.
 *
 * Throws what {@link stageSegment} throws.
 */
export async function stageForLibrary(options: {
  readonly files: readonly string[];
  readonly stageFolder: string;
  readonly tempFolder: string;
  readonly memoryLimitMb: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReadingProgress) => void;
}): Promise<SegmentSummary> {
  const manifest = await stageSegment(options);
  const rows = await sampleRows(options, manifest.columns.length);
  const suggestion = suggestFieldMap(manifest.columns, rows);
  const first = manifest.files[0]?.reading;
  if (first === undefined) throw new Error('A stage has no files');
  return {
    reading: {
      format: first.format,
      compression: first.compression,
      encoding: first.encoding,
      delimiter: first.delimiter,
      quote: first.quote,
      headerLine: first.headerLine,
    },
    columns: manifest.columns.map((heading, column) => ({
      heading,
      samples: samplesOf(rows.map((row) => row[column] ?? '')),
    })),
    rowCount: manifest.rowCount,
    unreadableCount: manifest.unreadableCount,
    unreadable: manifest.unreadable.slice(0, shownUnreadable).map(({ line, reason }) => ({ line, reason })),
    suggestedFieldMap: [...suggestion.fieldMap],
    emailCandidates: [...suggestion.emailCandidates],
  };
}

/** The first rows of a stage. */
async function sampleRows(
  options: { readonly stageFolder: string; readonly tempFolder: string; readonly memoryLimitMb: number },
  columns: number,
): Promise<(string | null)[][]> {
  const db = await openDuckDb({ ...options, threads: 1, readable: [options.stageFolder], writable: [] });
  try {
    const names = Array.from({ length: columns }, (_, index) => `c${index}`).join(', ');
    const rows = await db.table(
      `SELECT ${names} FROM read_parquet($1) WHERE row_number <= ${sampledRows} ORDER BY row_number`,
      [stageTable(options.stageFolder)],
    );
    return rows as (string | null)[][];
  } finally {
    db.close();
  }
}

function samplesOf(values: readonly string[]): string[] {
  const filled = [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))];
  return filled.slice(0, shownSamples).map((value) => [...value].slice(0, sampleLength).join(''));
}
