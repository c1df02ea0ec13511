import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { openDuckDb, quoteText } from '../../segments/duckdb.ts';
import { insertMendedRows } from '../../store/mended-rows.ts';
import type { Store } from '../../store/open-store.ts';
import { mendedCells, pendingRows, takenAlong } from '../../store/retried-rows.ts';
import { getRunSource, type RunSegment } from '../../store/runs.ts';
import type { RunEnvironment } from '../run-context.ts';

/**
 * The rows that were mended in place since, as segments of a new run of their export: they stand before the export's own
 * segments, so that a newer row of the same person wins. Belongs before the run is in the database.
 */
export function mendedSegments(store: Store, exportId: string): RunSegment[] {
  return pendingRows(store, exportId).flatMap(({ runId, segment }, index) => {
    const before = getRunSource(store, runId)[segment];
    if (before === undefined) return [];
    return [
      {
        ...before,
        stageFileName: `mended-${index}.parquet`,
        unreadableCount: 0,
        mendedOf: { runId, segment },
      },
    ];
  });
}

/** Notes which rows the run takes along. Belongs into the transaction that puts it into the database. */
export function noteTakenAlong(store: Store, exportId: string, runId: string): void {
  for (const rows of pendingRows(store, exportId)) insertMendedRows(store, rows.runId, runId, rows.rowIds);
}

/** Writes the stages of rows that a run takes along, each once: cells as they stood, the address as it was mended. */
export async function writeMendedStages(env: RunEnvironment, source: readonly RunSegment[]): Promise<void> {
  await writeStages({ ...env, folder: env.runFolder }, source, ({ runId, segment }) =>
    takenAlong(env.store, env.runId, runId, segment),
  );
}

/** The same for a plan that only shows what the next run would take along: into the plan's own folder. */
export async function writePendingStages(
  env: StageEnvironment & Pick<RunEnvironment, 'store'>,
  exportId: string,
  source: readonly RunSegment[],
): Promise<void> {
  const pending = pendingRows(env.store, exportId);
  await writeStages(env, source, ({ runId, segment }) => {
    const rows = pending.find((one) => one.runId === runId && one.segment === segment);
    return rows === undefined ? [] : mendedCells(env.store, rows);
  });
}

/** Where stages are written, and with how much memory. */
interface StageEnvironment extends Pick<RunEnvironment, 'tempFolder' | 'memoryLimitMb'> {
  readonly folder: string;
}

async function writeStages(
  { folder, tempFolder, memoryLimitMb }: StageEnvironment,
  source: readonly RunSegment[],
  rowsOf: (of: { readonly runId: string; readonly segment: number }) => readonly {
    readonly cells: string;
    readonly email: string;
  }[],
): Promise<void> {
  for (const { stageFileName, mendedOf, headings, fieldMap } of source) {
    const file = path.join(folder, stageFileName);
    if (mendedOf === undefined || existsSync(file)) continue;
    const rows = rowsOf(mendedOf);
    const address = fieldMap.find(({ field }) => field === 'email')?.columnIndex ?? 0;
    const mended = rows.map(({ cells, email }) => {
      const row = JSON.parse(cells) as (string | null)[];
      return headings.map((_, column) => (column === address ? email : (row[column] ?? null)));
    });
    const db = await openDuckDb({ tempFolder, memoryLimitMb, threads: 1, readable: [], writable: [folder] });
    try {
      const columns = headings.map((_, column) => `cells[${column + 1}] AS c${column}`).join(', ');
      await db.run(
        `COPY (SELECT ${columns} FROM (SELECT unnest(from_json($1, '[["VARCHAR"]]')) AS cells))
         TO ${quoteText(`${file}.half`)} (FORMAT parquet)`,
        [JSON.stringify(mended)],
      );
    } finally {
      db.close();
    }
    await rename(`${file}.half`, file);
  }
}
