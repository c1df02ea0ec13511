import { joinColumns } from './part-columns.ts';
import { ProgressReporter } from './progress.ts';
import type { Inspection, ReadingOptions, SegmentRow } from './types.ts';
import { understandFile } from './understand.ts';
import type { UnderstoodFile } from './understood-file.ts';

export interface InspectOptions extends ReadingOptions {
  /** How many rows to give back; none by default. */
  readonly rows?: number | 'all';
}

/**
 * Recognises a segment file by its content and reads the whole of it once, in flat memory (rows asked for aside).
 *
 * @throws SegueError `segment.missing`, `segment.not-readable`, `segment.not-a-file`, `segment.empty`, `segment.not-a-table`,
 * `segment.not-understood`, `segment.archive-unsafe`; an abort throws the signal's reason.
 */
export async function inspectFile(file: string, options: InspectOptions = {}): Promise<Inspection> {
  const parts = await understandFile(file, options);
  try {
    const inspection = joined(parts);
    if (options.rows === undefined) return inspection;
    const limit = options.rows === 'all' ? Number.POSITIVE_INFINITY : options.rows;
    const rows: SegmentRow[] = [];
    const { sources } = joinColumns(parts.map((part) => part.inspection));
    for (const [index, part] of parts.entries()) {
      const places = parts.length === 1 ? null : (sources[index] ?? []);
      const row = (cells: SegmentRow): void => {
        if (rows.length >= limit) return;
        rows.push(places === null ? cells : places.map((from) => (from === null ? null : (cells[from] ?? null))));
      };
      const quiet = new ProgressReporter(options.signal ? { signal: options.signal } : {}, part.source.size);
      if (rows.length < limit) await part.readRows({ row }, quiet, () => rows.length >= limit);
    }
    return { ...inspection, rows };
  } finally {
    for (const part of parts) await part.dispose();
  }
}

/** Parts of one segment are told as one file: as its first, with all columns, rows and unreadable lines. */
function joined([first, ...others]: readonly [UnderstoodFile, ...UnderstoodFile[]]): Inspection {
  if (others.length === 0) return first.inspection;
  const all = [first, ...others].map(({ inspection }) => inspection);
  return {
    ...first.inspection,
    columns: [...joinColumns(all).columns],
    rowCount: all.reduce((sum, { rowCount }) => sum + rowCount, 0),
    unreadable: all.flatMap(({ unreadable }) => unreadable),
  };
}
