import { create } from 'zustand';
import type { ExportView } from '../../preload/contract/views.ts';
import { call } from '../bridge/client.ts';
import { addSegments, type EditedExport, editExport, isChanged, newExport, removeSegment } from './export-draft.ts';
import { currentMirror } from './mirror-store.ts';
import { mayManageExport } from './rights.ts';
import { show, useUiStore, type View } from './ui-store.ts';

interface DraftState {
  readonly draft: EditedExport | null;
  /** The draft as it was opened or last saved. */
  readonly saved: EditedExport | null;
  /** Segments made for the draft: those that no stored export wants are not kept when it is dropped. */
  readonly fresh: readonly string[];
}

export const useDraftStore = create<DraftState>(() => ({ draft: null, saved: null, fresh: [] }));

/** Whether there is an export being edited with changes that are not stored. */
export function hasUnsavedChanges(): boolean {
  const { draft, saved } = useDraftStore.getState();
  return draft !== null && saved !== null && isChanged(draft, saved);
}

export function changeDraft(change: (draft: EditedExport) => EditedExport): void {
  useDraftStore.setState(({ draft }) => (draft === null ? {} : { draft: change(draft) }));
}

/** Takes a stored export as the state to compare with. */
export function draftSaved(view: ExportView): void {
  useDraftStore.setState(({ draft }) => {
    const exportId = view.exportId;
    return draft === null ? {} : { draft: { ...draft, exportId }, saved: { ...draft, exportId } };
  });
}

/** Views in which an export that is being edited stays as it is: it is gone back to from there. */
const keepsDraft: ReadonlySet<View['name']> = new Set(['export', 'new-connection', 'sign-in-again']);

/**
 * Goes to a view. Unsaved changes are asked about first; making a connection in the middle of an export, or signing in
 * to one again, keeps the export as it is.
 */
export function navigate(view: View): void {
  const current = useUiStore.getState().view;
  if (current.name === 'export' && !keepsDraft.has(view.name) && hasUnsavedChanges()) {
    useUiStore.setState({ pendingView: view });
    return;
  }
  if (!keepsDraft.has(view.name)) discardDraft();
  show(view);
}

/** The window is to close: asks about unsaved changes first, wherever the person is. */
export function askBeforeClosing(): void {
  if (hasUnsavedChanges()) useUiStore.setState({ pendingView: 'closed' });
  else answerLeave(true);
}

/** Somebody else is to come in: asks about unsaved changes first. */
export function switchPerson(): void {
  if (hasUnsavedChanges()) useUiStore.setState({ pendingView: 'locked' });
  else lock();
}

/** Main locks the window and has it begin anew. Where nobody has a password, it stays as it is. */
function lock(): void {
  void call('people.leave', {}).catch(() => undefined);
}

/** Goes where the window was asked to go, dropping the changes. */
export function leaveWithoutSaving(): void {
  const { pendingView } = useUiStore.getState();
  discardDraft();
  show(pendingView === null || typeof pendingView === 'string' ? { name: 'exports' } : pendingView);
  if (pendingView === 'closed') answerLeave(true);
  if (pendingView === 'locked') lock();
}

export function stayHere(): void {
  if (useUiStore.getState().pendingView === 'closed') answerLeave(false);
  useUiStore.setState({ pendingView: null });
}

/** Lets main know whether the window may close. Should main be gone, nobody waits for it. */
function answerLeave(leave: boolean): void {
  void call('app.answerLeave', { leave }).catch(() => undefined);
}

/** Signs in to a connection again, and comes back here afterwards. */
export function signInAgain(connectionId: string | null): void {
  const connection = currentMirror().connections.find((candidate) => candidate.connectionId === connectionId);
  if (connection === undefined) navigate({ name: 'connections' });
  else navigate({ name: 'sign-in-again', connectionId: connection.connectionId, back: useUiStore.getState().view });
}

/** Opens the export being edited, or else a new one; `segmentIds`, just made of files, are added to it. */
export function openNewExport(segmentIds: readonly string[] = []): void {
  useDraftStore.setState(({ fresh }) => ({ fresh: [...fresh, ...segmentIds] }));
  openWith(segmentIds);
}

/** A new export of a segment of the library. */
export function exportOf(segmentId: string): void {
  discardDraft();
  openWith([segmentId]);
}

/** Opens a stored export with a segment of the library added, to be matched and saved. */
export function addToExport(view: ExportView, segmentId: string): void {
  openExport(view);
  changeDraft((edited) => addSegments(edited, [segmentId]));
}

function openWith(segmentIds: readonly string[]): void {
  const { draft } = useDraftStore.getState();
  if (draft === null) {
    const usable = currentMirror().connections.filter(({ mayUse }) => mayUse);
    const fresh = newExport(usable.map((connection) => connection.connectionId));
    useDraftStore.setState({ draft: fresh, saved: fresh });
  }
  changeDraft((edited) => addSegments(edited, segmentIds));
  show({ name: 'export' });
}

/** Opens a stored export to be edited, or only looked at where the person may not change it. */
export function openExport(view: ExportView): void {
  if (!mayManageExport(currentMirror(), view)) {
    navigate({ name: 'view-export', exportId: view.exportId });
    return;
  }
  const edited = editExport(view);
  useDraftStore.setState({ draft: edited, saved: edited });
  show({ name: 'export' });
}

const usedBySavedExport = (segmentId: string): boolean =>
  currentMirror().exports.some((view) => view.segments.some((segment) => segment.segmentId === segmentId));

/** Lets main forget a segment that was made for this draft and that no stored export wants. What main keeps all the same does no harm here. */
function forgetSegment(segmentId: string): void {
  if (!useDraftStore.getState().fresh.includes(segmentId) || usedBySavedExport(segmentId)) return;
  void call('segments.remove', { segmentId }).catch(() => undefined);
}

/** Takes a segment out of the export being edited. */
export function takeSegmentOut(segmentId: string): void {
  changeDraft((draft) => removeSegment(draft, segmentId));
  const { saved } = useDraftStore.getState();
  if (saved?.segments.some((segment) => segment.segmentId === segmentId) !== true) forgetSegment(segmentId);
}

/** Drops a new export that nothing was put into, whatever name was proposed for it. Says whether there is none any more. */
export function dropEmptyDraft(): boolean {
  const { draft } = useDraftStore.getState();
  if (draft !== null && (draft.exportId !== null || draft.list !== null || draft.segments.length > 0)) return false;
  discardDraft();
  return true;
}

function discardDraft(): void {
  const { draft, saved } = useDraftStore.getState();
  useDraftStore.setState({ draft: null, saved: null });
  if (draft === null) return;
  const kept = new Set(saved?.segments.map((segment) => segment.segmentId));
  for (const { segmentId } of draft.segments) if (!kept.has(segmentId)) forgetSegment(segmentId);
  useDraftStore.setState({ fresh: [] });
}
