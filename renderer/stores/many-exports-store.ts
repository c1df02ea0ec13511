import { create } from 'zustand';
import type { ExportView, ListView } from '../../preload/contract/views.ts';
import { asClientError, type ClientError, call } from '../bridge/client.ts';
import { adopt } from '../bridge/connect-stores.ts';
import { fieldMapOf, type ManyExports, manyExports, type PlannedExport, planExports } from './many-exports.ts';
import { currentMirror, useMirrorStore } from './mirror-store.ts';
import { notify, show, useUiStore } from './ui-store.ts';

interface ManyState {
  readonly many: ManyExports | null;
  /** Segments that were read for this: those that no export holds in the end are not kept. */
  readonly fresh: readonly string[];
  /** Lists of the account, as they were read last, with those that were made since. */
  readonly lists: readonly ListView[];
  /** Exports that were made, by segment. */
  readonly made: Readonly<Record<string, ExportView>>;
  /** Why an export was not made, by segment. */
  readonly failed: Readonly<Record<string, ClientError>>;
  /** The segment whose export is being made, and how many are to be. */
  readonly making: { readonly segmentId: string; readonly place: number; readonly total: number } | null;
}

const nothing: ManyState = { many: null, fresh: [], lists: [], made: {}, failed: {}, making: null };

export const useManyStore = create<ManyState>(() => nothing);

/** Ends what is being made after the export under way. */
let giveUp: AbortController | null = null;

/** Today as files and lists are sorted by it: 2026-11-23. */
export function today(): string {
  const date = new Date();
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Every row of the work under way as it would be made now. */
export function plannedNow(): PlannedExport[] {
  const { many, lists, made } = useManyStore.getState();
  if (many === null) return [];
  const { segments, exports } = currentMirror();
  const own = new Set(Object.values(made).map(({ exportId }) => exportId));
  const others = exports.filter(({ exportId }) => !own.has(exportId));
  return planExports(many, { segments, exports: others, lists, today: today() });
}

/** Opens the form for an export of each segment; `fresh` were read just for this. */
export function openMany(segmentIds: readonly string[], fresh: readonly string[] = []): void {
  const { connections, exports, segments } = currentMirror();
  const usable = connections.filter(({ mayUse }) => mayUse).map(({ connectionId }) => connectionId);
  useManyStore.setState({ ...nothing, fresh, many: manyExports(segmentIds, usable, { exports, segments }) });
  show({ name: 'many-exports' });
}

export function changeMany(change: (many: ManyExports) => ManyExports): void {
  useManyStore.setState(({ many }) => (many === null ? {} : { many: change(many) }));
}

export function listsRead(lists: readonly ListView[]): void {
  useManyStore.setState({ lists });
}

/** Lets go of the form, and of segments that were read for it and that no export holds. */
export function closeMany(): void {
  const { fresh, making } = useManyStore.getState();
  // What is being made goes on, and is told when it is done.
  if (making !== null) return;
  const { exports } = currentMirror();
  const held = new Set(exports.flatMap((view) => view.segments.map(({ segmentId }) => segmentId)));
  for (const segmentId of fresh) {
    if (!held.has(segmentId)) void call('segments.remove', { segmentId }).catch(() => undefined);
  }
  useManyStore.setState(nothing);
}

/** The segment once it is read to its end or cannot be. */
function segmentAtRest(segmentId: string, signal: AbortSignal): Promise<void> {
  const atRest = () => useMirrorStore.getState().mirror?.segments[segmentId]?.state !== 'reading';
  return new Promise((resolve) => {
    const done = (): void => {
      if (!atRest() && !signal.aborted) return;
      unsubscribe();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const unsubscribe = useMirrorStore.subscribe(done);
    signal.addEventListener('abort', done);
    done();
  });
}

/** The account's list of that name; made where there is none. */
async function listNamed(connectionId: string, name: string): Promise<ListView> {
  const find = () =>
    useManyStore.getState().lists.find((list) => list.name.toLocaleLowerCase() === name.toLocaleLowerCase());
  const known = find();
  if (known !== undefined) return known;
  try {
    const list = await call('lists.create', { connectionId, name });
    useManyStore.setState(({ lists }) => ({ lists: [...lists, list] }));
    return list;
  } catch (thrown) {
    const error = asClientError(thrown);
    if (error.code !== 'list.name-taken') throw error;
    listsRead(await call('lists.search', { connectionId }));
    const found = find();
    if (found === undefined) throw error;
    return found;
  }
}

async function makeOne(connectionId: string, segmentId: string): Promise<ExportView> {
  // As it stands by now: the whole file may have corrected what its beginning told.
  const planned = plannedNow().find(({ row }) => row.segmentId === segmentId);
  const { many } = useManyStore.getState();
  if (planned === undefined || many === null) throw new Error('There is no such row');
  const { listId, name } = await listNamed(connectionId, planned.listName);
  return call('exports.save', {
    name: planned.exportName.trim(),
    connectionId,
    list: { listId, name },
    segments: [{ segmentId, fieldMap: fieldMapOf(planned) }],
    mode: many.mode,
  });
}

/**
 * Makes the export of every included row that has none yet, one after the other, and tells of each how it went. A failure
 * does not keep the others from being made.
 */
export async function makeExports(): Promise<void> {
  const { many, making } = useManyStore.getState();
  const connectionId = many?.connectionId ?? null;
  if (making !== null || connectionId === null) return;
  const wanted = plannedNow().filter(
    ({ row, problem }) =>
      row.included &&
      (problem === null || problem === 'reading') &&
      useManyStore.getState().made[row.segmentId] === undefined,
  );
  const abort = new AbortController();
  giveUp = abort;
  useManyStore.setState({ failed: {} });
  for (const [index, { row }] of wanted.entries()) {
    const { segmentId } = row;
    if (abort.signal.aborted) break;
    useManyStore.setState({ making: { segmentId, place: index + 1, total: wanted.length } });
    try {
      await segmentAtRest(segmentId, abort.signal);
      if (abort.signal.aborted) break;
      const view = await makeOne(connectionId, segmentId);
      adopt({ exports: [view] });
      useManyStore.setState(({ made }) => ({ made: { ...made, [segmentId]: view } }));
    } catch (thrown) {
      useManyStore.setState(({ failed }) => ({ failed: { ...failed, [segmentId]: asClientError(thrown) } }));
    }
  }
  giveUp = null;
  useManyStore.setState({ making: null });
  ended();
}

/** Ends the making after the export under way; what was made stays until it is undone. */
export function cancelMaking(): void {
  giveUp?.abort();
}

/** Everything made: the list of exports shows it. Else the form stays, and says of each row what became of it. */
function ended(): void {
  const { made } = useManyStore.getState();
  const views = Object.values(made);
  const left = plannedNow().filter(({ row }) => row.included && made[row.segmentId] === undefined);
  const onForm = useUiStore.getState().view.name === 'many-exports';
  if (left.length > 0 && onForm) return;
  if (onForm) show({ name: 'exports' });
  closeMany();
  if (views.length > 0) {
    notify('many.made', { count: views.length }, { label: 'many.undo-all', act: () => void undo(views) });
  }
}

/** Removes the exports that were made; lists that were made for them stay in the account. */
export async function undoMade(): Promise<void> {
  const { made } = useManyStore.getState();
  await undo(Object.values(made));
  useManyStore.setState({ made: {}, failed: {} });
}

async function undo(views: readonly ExportView[]): Promise<void> {
  let removed = 0;
  for (const { exportId } of views) {
    const gone = await call('exports.remove', { exportId }).then(
      () => true,
      () => false,
    );
    if (gone) removed += 1;
  }
  notify('many.undone', { count: removed });
}
