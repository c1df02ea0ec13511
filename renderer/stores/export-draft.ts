import { usualLeaverLimitPercent } from '../../preload/contract/export-modes.ts';
import type { FindingKind } from '../../preload/contract/finding-kinds.ts';
import type {
  ExportDraft,
  ExportMode,
  ExportView,
  FieldMap,
  MatchOptions,
  SegmentMatching,
  SegmentView,
} from '../../preload/contract/views.ts';
import { hasOpenDateOrder } from './date-rows.ts';
import type { Profiles } from './profiles-store.ts';

// The export while a person edits it. Pure functions: each answers a new draft and changes none.

/** One row of data matching; `columnIndex` is null while no column is chosen. */
export interface EditedField {
  readonly field: string;
  readonly columnIndex: number | null;
  /** How the column's cells become values; absent: as always. */
  readonly options?: MatchOptions;
}

export interface EditedSegment {
  readonly segmentId: string;
  /** Null until the segment has been read and its headings are known. */
  readonly fields: readonly EditedField[] | null;
  /** What the columns were when they were matched; null until the segment has been seen. */
  readonly basis: MatchingBasis | null;
}

/** What a matching rests on: reading the file otherwise, or to its end, may bring other columns. */
export interface MatchingBasis {
  readonly headings: readonly string[];
  readonly suggested: FieldMap;
}

export interface EditedExport {
  readonly exportId: string | null;
  readonly name: string;
  /** Until a person has typed a name, it follows the first segment's. */
  readonly nameTyped: boolean;
  readonly connectionId: string | null;
  readonly list: { readonly listId: string; readonly name: string } | null;
  readonly segments: readonly EditedSegment[];
  readonly mode: ExportMode;
  readonly leaverLimitPercent: number;
  readonly readBack: boolean;
}

export type Segments = Readonly<Record<string, SegmentView>>;

/** The rows every segment begins with, as in the system this one replaces. */
export const firstFields: readonly string[] = ['email', 'first_name', 'last_name'];

/** A new export, with the connection already chosen where there is no choice. */
export function newExport(connectionIds: readonly string[]): EditedExport {
  const only = connectionIds.length === 1 ? connectionIds[0] : undefined;
  return {
    exportId: null,
    name: '',
    nameTyped: false,
    connectionId: only ?? null,
    list: null,
    segments: [],
    mode: 'add-and-update',
    leaverLimitPercent: usualLeaverLimitPercent,
    readBack: false,
  };
}

/**
 * Another connection. Another account has other lists, so the list goes; an export that had lost its connection keeps the
 * list it had.
 */
export function chooseConnection(draft: EditedExport, connectionId: string | null): EditedExport {
  if (draft.connectionId === connectionId) return draft;
  return { ...draft, connectionId, list: draft.connectionId === null ? draft.list : null };
}

/** Another way of sending. A mirror reads the list back unless somebody decides otherwise. */
export function changeMode(draft: EditedExport, mode: ExportMode): EditedExport {
  return mode === draft.mode ? draft : { ...draft, mode, readBack: mode === 'mirror' };
}

const rowOf = ({ field, columnIndex, ...options }: FieldMap[number]): EditedField =>
  Object.keys(options).length === 0 ? { field, columnIndex } : { field, columnIndex, options };

const rowsOf = (fieldMap: FieldMap): EditedField[] => {
  const matched = new Map(fieldMap.map((match) => [match.field, rowOf(match)]));
  const rest = fieldMap.filter((match) => !firstFields.includes(match.field));
  return [...firstFields.map((field) => matched.get(field) ?? { field, columnIndex: null }), ...rest.map(rowOf)];
};

/** What a new segment begins with. More than the address and the names is sent only when somebody adds it. */
const firstRowsOf = (suggested: FieldMap): EditedField[] =>
  rowsOf(suggested.filter((match) => firstFields.includes(match.field)));

const lostOf = (view: ExportView, segmentId: string) => view.lostColumns.filter((lost) => lost.segmentId === segmentId);

/** The rows of a stored matching; a field whose column is gone keeps its row, without one. */
function withLost(view: ExportView, segmentId: string, fieldMap: FieldMap): EditedField[] {
  const rows = rowsOf(fieldMap);
  const lost = lostOf(view, segmentId).filter(({ field }) => !rows.some((row) => row.field === field));
  return [...rows, ...lost.map(({ field }) => ({ field, columnIndex: null }))];
}

/** A stored export, opened for editing. */
export function editExport(view: ExportView): EditedExport {
  return {
    exportId: view.exportId,
    name: view.name,
    nameTyped: true,
    connectionId: view.connectionId,
    list: view.list,
    mode: view.mode,
    leaverLimitPercent: view.leaverLimitPercent,
    readBack: view.readBack,
    segments: view.segments.map(({ segmentId, fieldMap }) => ({
      segmentId,
      fields:
        fieldMap.length === 0 && lostOf(view, segmentId).length === 0 ? null : withLost(view, segmentId, fieldMap),
      basis: null,
    })),
  };
}

/** Adds segments; one that is there already stays as it is. */
export function addSegments(draft: EditedExport, segmentIds: readonly string[]): EditedExport {
  const known = new Set(draft.segments.map((segment) => segment.segmentId));
  const added = [...new Set(segmentIds)].filter((segmentId) => !known.has(segmentId));
  if (added.length === 0) return draft;
  return {
    ...draft,
    segments: [...draft.segments, ...added.map((segmentId) => ({ segmentId, fields: null, basis: null }))],
  };
}

export function removeSegment(draft: EditedExport, segmentId: string): EditedExport {
  return { ...draft, segments: draft.segments.filter((segment) => segment.segmentId !== segmentId) };
}

/** What two segments must have in common to share one matching. */
export function headingsKey(segment: SegmentView): string {
  return JSON.stringify(segment.columns.map((column) => column.heading));
}

/** Whether the segment's columns are known: as soon as the beginning of its file has been read. */
export const hasColumns = (view: SegmentView | undefined): view is SegmentView =>
  view !== undefined && (view.state === 'ready' || view.state === 'reading') && view.columns.length > 0;

const basisOf = (view: SegmentView): MatchingBasis => ({
  headings: view.columns.map((column) => column.heading),
  suggested: view.suggestedFieldMap,
});

const suggestedColumn = (basis: MatchingBasis, field: string): number | null =>
  basis.suggested.find((match) => match.field === field)?.columnIndex ?? null;

/** Where the column at `index` stands now: the one of the same heading, the nth of several with the nth. */
function movedColumn(index: number, before: MatchingBasis, after: MatchingBasis): number | null {
  const heading = before.headings[index];
  const turn = before.headings.slice(0, index).filter((other) => other === heading).length;
  const places = after.headings.flatMap((other, place) => (other === heading ? [place] : []));
  return places[turn] ?? null;
}

/**
 * The matching over other columns than it was made for. What was suggested follows the new suggestion, what a person
 * chose follows its heading; a row left open on purpose stays open.
 */
function rematch(fields: readonly EditedField[], before: MatchingBasis, after: MatchingBasis): EditedField[] {
  return fields.map((row) => {
    const { field, columnIndex } = row;
    const suggested = suggestedColumn(after, field);
    if (columnIndex === suggestedColumn(before, field) && suggested !== null) return { ...row, columnIndex: suggested };
    return {
      ...row,
      columnIndex: columnIndex === null ? null : (movedColumn(columnIndex, before, after) ?? suggested),
    };
  });
}

const sameBasis = (a: MatchingBasis, b: MatchingBasis): boolean =>
  a === b || JSON.stringify([a.headings, a.suggested]) === JSON.stringify([b.headings, b.suggested]);

/**
 * Fills in what reading has brought since: the matching of segments whose columns became known (that of a segment with
 * the same headings, else what the headings suggest), what became of it when they are others by now, and the proposed
 * name. Answers the same draft when nothing is new.
 */
export function followSegments(draft: EditedExport, segments: Segments): EditedExport {
  let changed = false;
  const matched = new Map<string, readonly EditedField[]>();
  for (const edited of draft.segments) {
    const view = segments[edited.segmentId];
    if (edited.fields !== null && view !== undefined) matched.set(headingsKey(view), edited.fields);
  }
  const followed = draft.segments.map((edited): EditedSegment => {
    const view = segments[edited.segmentId];
    if (!hasColumns(view)) return edited;
    const basis = basisOf(view);
    if (edited.basis !== null && sameBasis(edited.basis, basis)) return edited;
    changed = true;
    if (edited.fields !== null) {
      return {
        ...edited,
        basis,
        fields: edited.basis === null ? edited.fields : rematch(edited.fields, edited.basis, basis),
      };
    }
    const fields = matched.get(headingsKey(view)) ?? firstRowsOf(view.suggestedFieldMap);
    matched.set(headingsKey(view), fields);
    return { ...edited, basis, fields };
  });
  const firstSegment = draft.segments[0];
  const proposed = firstSegment === undefined ? undefined : segments[firstSegment.segmentId]?.name;
  const name = draft.nameTyped || proposed === undefined ? draft.name : proposed;
  return changed || name !== draft.name ? { ...draft, name, segments: followed } : draft;
}

/** Changes the rows of some segments. */
export const changeFields = (
  draft: EditedExport,
  segmentIds: readonly string[],
  change: (fields: readonly EditedField[]) => readonly EditedField[],
): EditedExport => ({
  ...draft,
  segments: draft.segments.map((segment) =>
    segmentIds.includes(segment.segmentId) && segment.fields !== null
      ? { ...segment, fields: change(segment.fields) }
      : segment,
  ),
});

/**
 * Matches a field with a column, or with none, in all of `segmentIds`. What was chosen for another column's cells goes; what
 * the field itself wants stays.
 */
export function matchField(
  draft: EditedExport,
  segmentIds: readonly string[],
  field: string,
  columnIndex: number | null,
): EditedExport {
  const changed = ({ options }: EditedField): EditedField =>
    options?.valueType === undefined
      ? { field, columnIndex }
      : { field, columnIndex, options: { valueType: options.valueType } };
  return changeFields(draft, segmentIds, (fields) =>
    fields.map((row) => (row.field === field && row.columnIndex !== columnIndex ? changed(row) : row)),
  );
}

/** Whether a repair is chosen in every segment that fills its field. */
export function isRepairChosen(segments: readonly SegmentMatching[], field: string, kind: FindingKind): boolean {
  const matches = segments.flatMap(({ fieldMap }) => fieldMap.filter((match) => match.field === field));
  return matches.length > 0 && matches.every(({ repairs = [] }) => repairs.includes(kind));
}

/** Chooses repairs, or takes them back, in every segment that fills their field. */
export function chooseRepairs(
  draft: EditedExport,
  repairs: readonly { readonly field: string; readonly kind: FindingKind }[],
  chosen: boolean,
): EditedExport {
  const kindsOf = (field: string) => repairs.filter((repair) => repair.field === field).map(({ kind }) => kind);
  const changed = (row: EditedField): EditedField => {
    const kinds = kindsOf(row.field);
    if (kinds.length === 0 || row.columnIndex === null) return row;
    const others = (row.options?.repairs ?? []).filter((kind) => !kinds.includes(kind));
    const { repairs: _, ...options } = row.options ?? {};
    const after = chosen ? [...others, ...kinds].sort() : others;
    return { ...row, options: after.length === 0 ? options : { ...options, repairs: after } };
  };
  return changeFields(
    draft,
    draft.segments.map(({ segmentId }) => segmentId),
    (fields) => fields.map(changed),
  );
}

export function removeField(draft: EditedExport, segmentIds: readonly string[], field: string): EditedExport {
  return changeFields(draft, segmentIds, (fields) => fields.filter((row) => row.field !== field));
}

const fieldMapOf = (fields: readonly EditedField[] | null): FieldMap =>
  (fields ?? []).flatMap(({ field, columnIndex, options }) =>
    columnIndex === null ? [] : [{ field, columnIndex, ...options }],
  );

const hasEmail = (segment: EditedSegment): boolean =>
  segment.fields?.some((row) => row.field === 'email' && row.columnIndex !== null) ?? false;

/** The segments that can be checked and sent: read, with a matched Email. */
export function sendableSegments(draft: EditedExport, segments: Segments): SegmentMatching[] {
  return draft.segments
    .filter((segment) => segments[segment.segmentId]?.state === 'ready' && hasEmail(segment))
    .map((segment) => ({ segmentId: segment.segmentId, fieldMap: fieldMapOf(segment.fields) }));
}

/** The draft as the contract wants it. Needs a name and a connection: see {@link problemsOf}. */
export function toContract(draft: EditedExport & { readonly connectionId: string }): ExportDraft {
  return {
    ...(draft.exportId === null ? {} : { exportId: draft.exportId }),
    name: draft.name.trim(),
    connectionId: draft.connectionId,
    list: draft.list,
    segments: draft.segments.map((segment) => ({
      segmentId: segment.segmentId,
      fieldMap: fieldMapOf(segment.fields),
    })),
    mode: draft.mode,
    leaverLimitPercent: draft.leaverLimitPercent,
    readBack: draft.readBack,
  };
}

/** Whether saving would store something else than `saved`. */
export function isChanged(draft: EditedExport, saved: EditedExport): boolean {
  const comparable = (edited: EditedExport) =>
    JSON.stringify([
      edited.name.trim(),
      edited.connectionId,
      edited.list?.listId ?? null,
      edited.mode,
      edited.leaverLimitPercent,
      edited.readBack,
      edited.segments.map((segment) => [segment.segmentId, fieldMapOf(segment.fields)]),
    ]);
  return comparable(draft) !== comparable(saved);
}

export type ProblemKind =
  | 'name-missing'
  | 'connection-missing'
  | 'list-missing'
  | 'segment-missing'
  | 'segment-reading'
  | 'segment-failed'
  | 'email-not-matched'
  | 'date-order-missing';

export interface Problem {
  readonly kind: ProblemKind;
  /** The segment it is about, '' where it is about none. */
  readonly segmentName: string;
}

/** What still keeps the export from running, in the order of the screen. */
export function problemsOf(draft: EditedExport, segments: Segments, profiles: Profiles = {}): Problem[] {
  const problems: Problem[] = [];
  const add = (kind: ProblemKind, segmentName = ''): void => {
    problems.push({ kind, segmentName });
  };
  if (draft.connectionId === null) add('connection-missing');
  if (draft.name.trim() === '') add('name-missing');
  if (draft.list === null) add('list-missing');
  if (draft.segments.length === 0) add('segment-missing');
  for (const segment of draft.segments) {
    const view = segments[segment.segmentId];
    if (view === undefined || view.state === 'reading') add('segment-reading', view?.name);
    else if (view.state !== 'ready') add('segment-failed', view.name);
    else if (!hasEmail(segment)) add('email-not-matched', view.name);
    else if (hasOpenDateOrder(segment.fields ?? [], profiles[segment.segmentId])) add('date-order-missing', view.name);
  }
  return problems;
}

/** Whether the problem keeps the export from being stored at all. */
export const blocksSaving = (problem: Problem): boolean =>
  problem.kind === 'name-missing' || problem.kind === 'connection-missing';
