import { encodingSamples } from './encoding-samples.ts';
import { suggestFieldMap } from './field-map.ts';
import { joinColumns } from './part-columns.ts';
import { previewSegment } from './preview.ts';
import type { BeginningSummary } from './segment-record.ts';
import { sampledRows, summaryOf } from './summary.ts';
import type { ReadingOverrides, SegmentRow } from './types.ts';

/** How far into a file words are looked for that tell encodings apart. */
const lookedThroughBytes = 1 << 20;

/**
 * What the beginning of a segment's first file tells, within half a second whatever its size: headings, first rows,
 * dialect. A packed workbook takes as long as unpacking it does.
 *
 * @throws SegueError as `inspectFile`
 */
export async function previewForLibrary(options: {
  readonly files: readonly string[];
  readonly overrides: ReadingOverrides;
  readonly tempFolder: string;
  readonly signal: AbortSignal;
}): Promise<BeginningSummary> {
  const [file] = options.files;
  if (file === undefined) throw new Error('A segment has no files');
  const preview = await previewSegment(file, { ...options, rows: sampledRows });
  const rows: readonly SegmentRow[] = preview.rows;
  const { columns } = joinColumns([preview]);
  const inDoubt = preview.format === 'csv' && !preview.encoding.startsWith('utf-16');
  const encodings = inDoubt
    ? await encodingSamples(file, { limitBytes: lookedThroughBytes, signal: options.signal })
    : [];
  return summaryOf({
    reading: preview,
    columns,
    rows,
    suggestion: suggestFieldMap(columns, rows),
    sheets: preview.sheets,
    hiddenRows: undefined,
    encodings,
  });
}
