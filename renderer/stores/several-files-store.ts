import { create } from 'zustand';

interface SeveralFilesState {
  /** Segments that came in together, about which a person is asked what they are for. Null: nobody is. */
  readonly segmentIds: readonly string[] | null;
  /** They came to the library: there they may just stay. */
  readonly inLibrary: boolean;
}

export const useSeveralFilesStore = create<SeveralFilesState>(() => ({ segmentIds: null, inLibrary: false }));

/** Asks what several files are for. */
export function askAboutFiles(segmentIds: readonly string[], inLibrary: boolean): void {
  useSeveralFilesStore.setState({ segmentIds, inLibrary });
}

export function filesAnswered(): void {
  useSeveralFilesStore.setState({ segmentIds: null });
}
