import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { translated } from './canonical-writer.ts';
import { interruptible, openDuckDb, quoteText } from './duckdb.ts';
import { suggestFieldMap } from './field-map.ts';
import type { SegmentSummary } from './segment-record.ts';
import { stageTable } from './stage.ts';
import { stageRows } from './stage-rows.ts';
import { sampledRows, summaryOf } from './summary.ts';
import type { SegmentRow } from './types.ts';

/** A stage to be cut into others. A type, not an interface: it crosses to a thread. */
export type SplitStage = {
  readonly stageFolder: string;
  readonly summary: SegmentSummary;
  readonly rowsEach: number;
  /** A folder for each part, in order. */
  readonly targets: readonly string[];
};

/**
 * Cuts a stage into parts of `rowsEach` rows, in file order, each a stage of its own; lines that could not be read go with
 * the first. Answers what each part is. Nothing is left of parts that could not all be made.
 *
 * Throws `disk.full`, `disk.not-writable`, `cancelled`.
 */
export async function splitStage(
  { stageFolder, summary, rowsEach, targets }: SplitStage,
  settings: { readonly tempFolder: string; readonly memoryLimitMb: number },
  signal: AbortSignal,
): Promise<SegmentSummary[]> {
  const headings = summary.columns.map(({ heading }) => heading);
  const parts: SegmentSummary[] = [];
  try {
    for (const target of targets) await translated(mkdir(target, { recursive: true }));
    const db = await openDuckDb({ ...settings, threads: 2, readable: [stageFolder, ...targets], writable: targets });
    try {
      for (const [part, target] of targets.entries()) {
        const first = part * rowsEach + 1;
        const [result] = await interruptible(db, signal, () =>
          db.table(
            `COPY (SELECT * EXCLUDE (row_number) FROM ${stageRows(stageTable(stageFolder))}
               WHERE row_number BETWEEN ${first} AND ${first + rowsEach - 1})
             TO ${quoteText(stageTable(target))} (FORMAT parquet, COMPRESSION lz4_raw)`,
          ),
        );
        const rows = (await db.table(
          `SELECT * EXCLUDE (row_number) FROM ${stageRows(stageTable(target))}
           WHERE row_number <= ${sampledRows} ORDER BY row_number`,
        )) as SegmentRow[];
        // Whatever is no row was told of the whole.
        const { skipped: _skipped, ...rest } = summary;
        parts.push({
          ...rest,
          ...summaryOf({
            reading: summary.reading,
            columns: headings,
            rows,
            suggestion: suggestFieldMap(headings, rows),
            sheets: summary.sheets,
            hiddenRows: part === 0 ? summary.hiddenRows : 0,
            encodings: summary.encodings,
          }),
          rowCount: Number(result?.[0] ?? 0),
          unreadableCount: part === 0 ? summary.unreadableCount : 0,
        });
      }
    } finally {
      db.close();
    }
    const [first] = targets;
    if (first !== undefined && summary.unreadableCount > 0) {
      await translated(copyFile(path.join(stageFolder, 'unreadable.ndjson'), path.join(first, 'unreadable.ndjson')));
    }
    return parts;
  } catch (error) {
    for (const target of targets) await rm(target, { recursive: true, force: true });
    throw error;
  }
}
