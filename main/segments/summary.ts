import type { FieldSuggestion } from './field-map.ts';
import type { BeginningSummary } from './segment-record.ts';
import type { Inspection, SegmentRow } from './types.ts';
import type { SheetSummary } from './understood-file.ts';

/** Rows whose values help to tell what a column holds. */
export const sampledRows = 500;

const shownSamples = 5;
const shownRows = 5;
/** Columns of the rows that are shown as they stand in the file. */
const shownColumns = 40;
/** A sample is to be recognised, not read: longer values are cut for showing. */
const sampleLength = 80;

/** What the window shows of a reading, made of its first rows. */
export function summaryOf(read: {
  readonly reading: Omit<Inspection, 'rows' | 'unreadable' | 'rowCount' | 'columns'>;
  readonly columns: readonly string[];
  readonly rows: readonly SegmentRow[];
  readonly suggestion: FieldSuggestion;
  readonly sheets: readonly SheetSummary[] | undefined;
  readonly hiddenRows: number | undefined;
  readonly encodings: BeginningSummary['encodings'];
}): BeginningSummary {
  const { format, compression, encoding, delimiter, quote, wrapped, headerLine } = read.reading;
  return {
    reading: { format, compression, encoding, delimiter, quote, ...(wrapped ? { wrapped } : {}), headerLine },
    encodings: read.encodings,
    sheets: (read.sheets ?? []).map(({ name, visible, chosen }) => ({ name, visible, chosen })),
    hiddenRows: read.hiddenRows ?? 0,
    firstRows: read.rows
      .slice(0, shownRows)
      .map((row) => row.slice(0, shownColumns).map((cell) => (cell === null ? null : cut(cell)))),
    columns: read.columns.map((heading, column) => ({
      heading,
      samples: samplesOf(read.rows.map((row) => row[column] ?? '')),
    })),
    suggestedFieldMap: [...read.suggestion.fieldMap],
    emailCandidates: [...read.suggestion.emailCandidates],
  };
}

function samplesOf(values: readonly string[]): string[] {
  const filled = [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))];
  return filled.slice(0, shownSamples).map(cut);
}

const cut = (value: string): string =>
  value.length <= sampleLength ? value : [...value.slice(0, sampleLength * 2)].slice(0, sampleLength).join('');
