import { create } from 'zustand';

interface MendedState {
  /** Segments that just came in through this window, or were asked about: is one a file of mended rows, a person decides. */
  readonly asked: readonly string[];
}

export const useMendedStore = create<MendedState>(() => ({ asked: [] }));

/** From now on a person is asked what to do with these segments, should they turn out to be mended rows. */
export function askAboutMended(segmentIds: readonly string[]): void {
  useMendedStore.setState(({ asked }) => ({
    asked: [...asked.filter((id) => !segmentIds.includes(id)), ...segmentIds],
  }));
}

/** The question about a segment is answered. */
export function mendedAnswered(segmentId: string): void {
  useMendedStore.setState(({ asked }) => ({ asked: asked.filter((id) => id !== segmentId) }));
}
