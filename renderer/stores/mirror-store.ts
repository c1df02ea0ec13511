import { create } from 'zustand';
import type { CallOutput } from '../../preload/contract/contract.ts';
import type { ClientError } from '../bridge/client.ts';
import type { Mirror } from './mirror.ts';

interface MirrorState {
  /** Null until main's first snapshot is there. */
  readonly mirror: Mirror | null;
  /** Who may come in, while the window is locked. */
  readonly door: CallOutput<'people.getDoor'> | null;
  /** Why the snapshot could not be had. */
  readonly failure: ClientError | null;
}

/** Written by bridge/connect-stores.ts only. */
export const useMirrorStore = create<MirrorState>(() => ({ mirror: null, door: null, failure: null }));

/**
 * One part of the mirror, for screens below the point where the snapshot is known to be there.
 * Throws when used above it, which is a mistake in the code.
 */
export function useMirror<T>(select: (mirror: Mirror) => T): T {
  return useMirrorStore((state) => {
    if (state.mirror === null) throw new Error('A screen was drawn before the snapshot arrived');
    return select(state.mirror);
  });
}

/** The mirror as it is now, for actions. Throws before the snapshot is there. */
export function currentMirror(): Mirror {
  const { mirror } = useMirrorStore.getState();
  if (mirror === null) throw new Error('An action ran before the snapshot arrived');
  return mirror;
}
