import { create } from 'zustand';
import { asClientError, type ClientError, call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { openNewExport } from '../../stores/draft-store.ts';

interface FilesState {
  /** Why the last files could not be taken. */
  readonly error: ClientError | null;
  /** The last drop held files without a path: made by a page, not by the file manager. */
  readonly withoutPath: boolean;
  readonly pending: boolean;
}

/** What became of the last files dropped or chosen. */
export const useFilesStore = create<FilesState>(() => ({ error: null, withoutPath: false, pending: false }));

const quiet: FilesState = { error: null, withoutPath: false, pending: false };

export function clearFilesError(): void {
  useFilesStore.setState(quiet);
}

async function take(answer: ReturnType<typeof call<'segments.addFiles'>>): Promise<void> {
  useFilesStore.setState({ ...quiet, pending: true });
  try {
    const segments = await answer;
    adopt({ segments });
    if (segments.length > 0) openNewExport(segments.map((segment) => segment.segmentId));
    useFilesStore.setState(quiet);
  } catch (thrown) {
    openNewExport();
    useFilesStore.setState({ ...quiet, error: asClientError(thrown) });
  }
}

/** Adds files dropped on the window, or chosen in a file field, to the export being edited, or to a new one. */
export async function addFiles(files: readonly File[]): Promise<void> {
  const paths = files.map((file) => window.segue.pathForFile(file)).filter((path) => path !== '');
  if (paths.length > 0) await take(call('segments.addFiles', { paths }));
  if (paths.length < files.length) {
    openNewExport();
    useFilesStore.setState({ withoutPath: true });
  }
}

/** Asks for files with the system's dialog. */
export function chooseFiles(): Promise<void> {
  return take(call('segments.chooseFiles', {}));
}
