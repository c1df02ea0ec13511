import { ProgressReporter } from './progress.ts';
import type { Inspection, ReadingOptions, SegmentRow } from './types.ts';
import { understandFile } from './understand.ts';

export interface InspectOptions extends ReadingOptions {
  /** How many rows to give back; none by default. */
  readonly rows?: number | 'all';
}

/**
 * Recognises a segment file by its content and reads the whole of it once, in flat memory (rows asked for aside).
 *
 * @throws SegueError `segment.missing`, `segment.not-a-file`, `segment.empty`, `segment.not-a-table`, `segment.not-understood`,
 * `segment.archive-unsafe`; an abort throws the signal's reason.
 */
export async function inspectFile(file: string, options: InspectOptions = {}): Promise<Inspection> {
  const understood = await understandFile(file, options);
  try {
    if (options.rows === undefined) return understood.inspection;
    const limit = options.rows === 'all' ? Number.POSITIVE_INFINITY : options.rows;
    const rows: SegmentRow[] = [];
    const visitor = { row: (cells: SegmentRow) => void (rows.length < limit && rows.push(cells)) };
    const quiet = new ProgressReporter(options.signal ? { signal: options.signal } : {}, understood.source.size);
    if (limit > 0) await understood.readRows(visitor, quiet, () => rows.length >= limit);
    return { ...understood.inspection, rows };
  } finally {
    await understood.dispose();
  }
}
