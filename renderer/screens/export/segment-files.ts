import { create } from 'zustand';
import { asClientError, type ClientError, call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { whenNothingIsAsked } from '../../components/modal-open.ts';
import { openNewExport, takeSegmentOut, useDraftStore } from '../../stores/draft-store.ts';
import { askAboutMended } from '../../stores/mended-store.ts';
import { currentMirror } from '../../stores/mirror-store.ts';
import { lookAtSetUp } from '../../stores/set-up-store.ts';
import { askAboutFiles } from '../../stores/several-files-store.ts';
import { useUiStore } from '../../stores/ui-store.ts';

interface FilesState {
  /** Why the last files could not be taken. */
  readonly error: ClientError | null;
  /** Name of a file of the last drop that has no path, made by a page and not by the file manager; else null. */
  readonly withoutPath: string | null;
  readonly pending: boolean;
}

/** What became of the last files dropped or chosen. */
export const useFilesStore = create<FilesState>(() => ({ error: null, withoutPath: null, pending: false }));

const quiet: FilesState = { error: null, withoutPath: null, pending: false };

export function clearFilesError(): void {
  useFilesStore.setState(quiet);
}

/** Where files are added to the library only; everywhere else they are for an export. */
const inLibrary = (): boolean => useUiStore.getState().view.name === 'segments';

const isEditing = (): boolean => useDraftStore.getState().draft !== null;

async function take(answer: ReturnType<typeof call<'segments.addFiles'>>): Promise<void> {
  useFilesStore.setState({ ...quiet, pending: true });
  try {
    const segments = await answer;
    adopt({ segments });
    askAboutMended(segments.map((segment) => segment.segmentId));
    const segmentIds = segments.map((segment) => segment.segmentId);
    // An export that is being edited takes all of them, and without a connection there is but one way on; else only the
    // person knows what they are for.
    if (segments.length > 1 && !isEditing() && currentMirror().connections.some(({ mayUse }) => mayUse))
      askAboutFiles(segmentIds, inLibrary());
    else if (segments.length > 0 && !inLibrary()) openNewExport(segmentIds);
    useFilesStore.setState(quiet);
  } catch (thrown) {
    if (!inLibrary()) openNewExport();
    useFilesStore.setState({ ...quiet, error: asClientError(thrown) });
  }
}

/** Adds files dropped on the window, or chosen in a file field, to the export being edited, or to a new one. */
export async function addFiles(files: readonly File[]): Promise<void> {
  const located = files.map((file) => ({ name: file.name, path: window.segue.pathForFile(file) }));
  const paths = located.map((file) => file.path).filter((path) => path !== '');
  const withoutPath = located.find((file) => file.path === '')?.name;
  if (await lookAtSetUp(paths)) return;
  if (paths.length > 0) await take(call('segments.addFiles', { paths }));
  if (withoutPath !== undefined) {
    if (!inLibrary()) openNewExport();
    useFilesStore.setState({ withoutPath });
  }
}

/** Takes in files opened with Segue, by their paths, as soon as no question lies over the window. */
export async function openFiles(paths: readonly string[]): Promise<void> {
  await whenNothingIsAsked();
  if (await lookAtSetUp(paths)) return;
  await take(call('segments.addFiles', { paths: [...paths] }));
}

/** The parts of a segment as segments of their own, in its place in the export. */
export async function takeApart(segmentId: string): Promise<void> {
  const segments = await call('segments.takeApart', { segmentId });
  adopt({ segments });
  openNewExport(segments.map((segment) => segment.segmentId));
  takeSegmentOut(segmentId);
}

/** Asks for files with the system's dialog. */
export function chooseFiles(): Promise<void> {
  return take(call('segments.chooseFiles', {}));
}
