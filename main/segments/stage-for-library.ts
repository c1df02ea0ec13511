import { openDuckDb } from './duckdb.ts';
import { encodingSamples } from './encoding-samples.ts';
import { suggestFieldMap } from './field-map.ts';
import type { ReadFile, SegmentSummary } from './segment-record.ts';
import { type StageManifest, stageSegment, stageTable } from './stage.ts';
import { stageRows } from './stage-rows.ts';
import { sampledRows, summaryOf } from './summary.ts';
import type { ReadingOverrides, ReadingProgress, SegmentRow } from './types.ts';

export interface StagedForLibrary {
  readonly summary: SegmentSummary;
  /** The files as they lay on the disk when they were read. */
  readonly files: readonly ReadFile[];
}

/**
 * Stages a segment's files and sums up what the window shows of them: what was understood, headings with a few values,
 * and which columns look like which contact fields.
 *
 * Throws what {@link stageSegment} throws.
 */
export async function stageForLibrary(options: {
  readonly files: readonly string[];
  readonly overrides: ReadingOverrides;
  readonly stageFolder: string;
  readonly tempFolder: string;
  readonly memoryLimitMb: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReadingProgress) => void;
}): Promise<StagedForLibrary> {
  const manifest = await stageSegment(options);
  const rows = await sampleRows(options, manifest.columns.length);
  const first = manifest.files[0];
  if (first === undefined) throw new Error('A stage has no files');
  const summary = {
    ...summaryOf({
      reading: first.reading,
      columns: manifest.columns,
      rows,
      suggestion: suggestFieldMap(manifest.columns, rows),
      sheets: first.sheets,
      hiddenRows: manifest.files.reduce((sum, file) => sum + (file.hiddenRows ?? 0), 0),
      encodings: await encodingsInDoubt(manifest, options.signal),
    }),
    ...skippedLines(manifest),
    rowCount: manifest.rowCount,
    unreadableCount: manifest.unreadableCount,
  };
  // Parts that one archive packs together are one file.
  const files = new Map(manifest.files.map(({ path, size, modifiedMs }) => [path, { path, bytes: size, modifiedMs }]));
  return { summary, files: [...files.values()] };
}

/** Lines of all files that are no rows, as far as there are any. */
function skippedLines({ files }: StageManifest): Pick<SegmentSummary, 'skipped'> {
  const sum = (part: 'blank' | 'comment' | 'footer') => files.reduce((all, { skipped }) => all + skipped[part], 0);
  const skipped = { blank: sum('blank'), comment: sum('comment'), footer: sum('footer') };
  return skipped.blank + skipped.comment + skipped.footer > 0 ? { skipped } : {};
}

/**
 * UTF-8 is proved by every byte, UTF-16 by its mark; which of the others it is can only be judged. The word that tells
 * may stand in the last line.
 */
async function encodingsInDoubt(manifest: StageManifest, signal: AbortSignal) {
  const doubtful = manifest.files.find(
    ({ reading }) => reading.encoding === 'windows-1252' || reading.encoding === 'macintosh',
  );
  const damaged = manifest.unreadable.some(({ reason }) => reason === 'invalid-encoding');
  const file = doubtful ?? (damaged ? manifest.files.find(({ reading }) => reading.format === 'csv') : undefined);
  return file === undefined ? [] : encodingSamples(file.path, { limitBytes: Number.POSITIVE_INFINITY, signal });
}

/** DuckDB needs memory for each column that it puts in order. */
const columnsAtOnce = 100;

/** The first rows of a stage. */
async function sampleRows(
  options: { readonly stageFolder: string; readonly tempFolder: string; readonly memoryLimitMb: number },
  columns: number,
): Promise<SegmentRow[]> {
  const db = await openDuckDb({ ...options, threads: 1, readable: [options.stageFolder], writable: [] });
  try {
    const names = Array.from({ length: columns }, (_, index) => `c${index}`);
    const rows: (string | null)[][] = [];
    for (let from = 0; from < columns; from += columnsAtOnce) {
      const found = await db.table(
        `SELECT ${names.slice(from, from + columnsAtOnce).join(', ')} FROM ${stageRows(stageTable(options.stageFolder))}
         WHERE row_number <= ${sampledRows} ORDER BY row_number`,
      );
      for (const [index, cells] of found.entries()) {
        const row = rows[index] ?? [];
        row.push(...(cells as (string | null)[]));
        rows[index] = row;
      }
    }
    return rows;
  } finally {
    db.close();
  }
}
