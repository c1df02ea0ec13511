import type { ExportMode, ExportView, FieldMap, ListView, SegmentView } from '../../preload/contract/views.ts';
import { type EditedField, firstFields, hasColumns, type Segments } from './export-draft.ts';

// Many segments on their way to an export each. Pure functions: what is shared, what a rule makes of it, and what a person
// changed of one row.

/** Names are made by these rules; `{segment}` stands for the segment's name, `{number}` for its place, `{date}` for today. */
export interface NamingRules {
  readonly exportName: string;
  readonly listName: string;
}

/** One segment that becomes an export. What is null follows the rules. */
export interface ManyRow {
  readonly segmentId: string;
  readonly included: boolean;
  readonly exportName: string | null;
  readonly listName: string | null;
  /** Columns that a person chose for fields of this segment alone; null: none. */
  readonly columns: Readonly<Record<string, number | null>>;
}

export interface ManyExports {
  readonly connectionId: string | null;
  readonly mode: ExportMode;
  readonly rules: NamingRules;
  /** The fields that every export fills, where the segment has a column for them. */
  readonly fields: readonly string[];
  /** The segment by whose headings the others are matched; null: each by the dictionary of headings. */
  readonly matchedAs: string | null;
  readonly rows: readonly ManyRow[];
}

/** Exports that already hold a segment, or one of a file with the same name. */
export function exportsOfSame(segmentId: string, exports: readonly ExportView[], segments: Segments): ExportView[] {
  const wanted = segments[segmentId];
  return exports.filter((view) =>
    view.segments.some((segment) => {
      const other = segments[segment.segmentId];
      return (
        segment.segmentId === segmentId ||
        (wanted !== undefined &&
          other !== undefined &&
          other.fileName === wanted.fileName &&
          other.name === wanted.name)
      );
    }),
  );
}

/** Rows for segments; one that has an export already is left out until a person includes it. */
export function manyExports(
  segmentIds: readonly string[],
  connectionIds: readonly string[],
  known: { readonly exports: readonly ExportView[]; readonly segments: Segments },
): ManyExports {
  const [only] = connectionIds;
  return {
    connectionId: connectionIds.length === 1 && only !== undefined ? only : null,
    mode: 'add-and-update',
    rules: { exportName: '{segment}', listName: '{segment}' },
    fields: firstFields,
    matchedAs: null,
    rows: segmentIds.map((segmentId) => ({
      segmentId,
      included: exportsOfSame(segmentId, known.exports, known.segments).length === 0,
      exportName: null,
      listName: null,
      columns: {},
    })),
  };
}

export function changeRow(many: ManyExports, segmentId: string, change: Partial<ManyRow>): ManyExports {
  const rows = many.rows.map((row) => (row.segmentId === segmentId ? { ...row, ...change } : row));
  return { ...many, rows };
}

/** What a rule makes of a segment; longer names than an export or a list may have are cut. */
export function nameBy(rule: string, values: { segment: string; number: number; date: string }): string {
  return rule
    .replaceAll('{segment}', values.segment)
    .replaceAll('{number}', String(values.number))
    .replaceAll('{date}', values.date)
    .trim()
    .slice(0, 255);
}

const isSame = (a: string, b: string): boolean => a.toLocaleLowerCase() === b.toLocaleLowerCase();

/** The name with the first number behind it that makes it none of the taken ones. */
function freeOf(name: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name.slice(0, 245)} (${number})`;
    if (!taken.some((other) => isSame(other, candidate))) return candidate;
  }
}

const plain = (heading: string): string =>
  heading
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

const suggested = (view: SegmentView, field: string) => view.suggestedFieldMap.find((match) => match.field === field);

/** The column of a segment for a field: what the person chose, the heading of the model, else what its own headings suggest. */
function columnFor(row: ManyRow, view: SegmentView, field: string, model: SegmentView | undefined, modelRow?: ManyRow) {
  const chosen = row.columns[field];
  if (chosen !== undefined) return chosen;
  if (model !== undefined && model.segmentId !== view.segmentId) {
    const place = modelRow?.columns[field] ?? suggested(model, field)?.columnIndex;
    const heading = place === undefined ? undefined : model.columns[place]?.heading;
    const index =
      heading === undefined ? -1 : view.columns.findIndex((column) => plain(column.heading) === plain(heading));
    if (index >= 0) return index;
  }
  return suggested(view, field)?.columnIndex ?? null;
}

export type RowProblem =
  | 'reading'
  | 'unread'
  | 'email-missing'
  | 'name-missing'
  | 'name-taken'
  | 'list-missing'
  | 'connection-missing';

/** A row as it would be made. */
export interface PlannedExport {
  readonly row: ManyRow;
  readonly segment: SegmentView | undefined;
  readonly exportName: string;
  readonly listName: string;
  /** The account's list of that name; null: it is made. */
  readonly list: ListView | null;
  readonly fields: readonly EditedField[];
  /** Shared fields for which the segment has no column. */
  readonly unmatched: readonly string[];
  /** Exports of the same segment or file. */
  readonly exportsOfSame: readonly ExportView[];
  /** What keeps it from being made; 'reading' passes by itself. */
  readonly problem: RowProblem | null;
}

/** Every row as the rules and the person have it. Names that a rule makes are kept apart; typed ones are taken as they are. */
export function planExports(
  many: ManyExports,
  known: {
    readonly segments: Segments;
    readonly exports: readonly ExportView[];
    readonly lists: readonly ListView[];
    readonly today: string;
  },
): PlannedExport[] {
  const taken = known.exports.map(({ name }) => name);
  const model = many.matchedAs === null ? undefined : known.segments[many.matchedAs];
  const modelRow = many.rows.find(({ segmentId }) => segmentId === many.matchedAs);
  const typed = many.rows.filter(({ included }) => included).flatMap(({ exportName }) => exportName ?? []);
  const used: string[] = [];
  return many.rows.map((row, index) => {
    const segment = known.segments[row.segmentId];
    const values = { segment: segment?.name ?? '', number: index + 1, date: known.today };
    const ruled = nameBy(many.rules.exportName, values);
    const exportName = row.exportName ?? (ruled === '' ? '' : freeOf(ruled, [...taken, ...typed, ...used]));
    const doubled = [...taken, ...used].some((other) => isSame(other, exportName.trim()));
    if (row.included) used.push(exportName.trim());
    const listName = (row.listName ?? nameBy(many.rules.listName, values)).trim();
    const fields = hasColumns(segment)
      ? many.fields.map((field) => ({ field, columnIndex: columnFor(row, segment, field, model, modelRow) }))
      : [];
    const problem = ((): RowProblem | null => {
      if (segment === undefined || segment.state === 'failed' || segment.state === 'missing') return 'unread';
      if (many.connectionId === null) return 'connection-missing';
      if (exportName.trim() === '') return 'name-missing';
      if (doubled) return 'name-taken';
      if (listName === '') return 'list-missing';
      if (!hasColumns(segment)) return 'reading';
      if (!fields.some(({ field, columnIndex }) => field === 'email' && columnIndex !== null)) return 'email-missing';
      return segment.state === 'reading' ? 'reading' : null;
    })();
    return {
      row,
      segment,
      exportName,
      listName,
      list: known.lists.find(({ name }) => isSame(name, listName)) ?? null,
      fields,
      unmatched: fields.filter(({ columnIndex }) => columnIndex === null).map(({ field }) => field),
      exportsOfSame: exportsOfSame(row.segmentId, known.exports, known.segments),
      problem,
    };
  });
}

/** Fields for which some segment has a column, in the order in which they are met; address and names come first. */
export function offeredFields(many: ManyExports, segments: Segments): string[] {
  const found = many.rows.flatMap(
    ({ segmentId }) => segments[segmentId]?.suggestedFieldMap.map(({ field }) => field) ?? [],
  );
  return [...new Set([...firstFields, ...found])];
}

/** The matching of a planned export as the contract wants it. */
export const fieldMapOf = (planned: PlannedExport): FieldMap =>
  planned.fields.flatMap(({ field, columnIndex }) => (columnIndex === null ? [] : [{ field, columnIndex }]));
