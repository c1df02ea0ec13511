import { create } from 'zustand';
import type { SetUpView } from '../../preload/contract/views.ts';
import { asClientError, type ClientError, call } from '../bridge/client.ts';
import { notify } from './ui-store.ts';

interface SetUpState {
  /** The set-up file that was looked at and waits for a choice. */
  readonly view: SetUpView | null;
  /** Why the last one could not be saved or looked at. */
  readonly error: ClientError | null;
}

export const useSetUpStore = create<SetUpState>(() => ({ view: null, error: null }));

async function attempt(act: () => Promise<void>): Promise<void> {
  useSetUpStore.setState({ error: null });
  try {
    await act();
  } catch (thrown) {
    useSetUpStore.setState({ error: asClientError(thrown) });
  }
}

/** Asks where to, and saves the whole set-up there. */
export const saveSetUp = (): Promise<void> =>
  attempt(async () => {
    const { savedTo } = await call('setUp.save', {});
    if (savedTo !== null) notify('set-up.saved', { file: savedTo });
  });

/** Asks for a set-up file and shows what it would change. */
export const openSetUp = (): Promise<void> =>
  attempt(async () => {
    const view = await call('setUp.choose', {});
    if (view !== null) useSetUpStore.setState({ view });
  });

/** Shows what a file would change that was dropped or opened with Segue; false when it is no set-up file. */
export async function lookAtSetUp(paths: readonly string[]): Promise<boolean> {
  const [path] = paths;
  if (path === undefined || paths.length > 1) return false;
  try {
    const view = await call('setUp.look', { path });
    if (view !== null) useSetUpStore.setState({ view, error: null });
    return view !== null;
  } catch (thrown) {
    const error = asClientError(thrown);
    // Whoever may not open set-ups, and whatever cannot be read: it is treated like any other file.
    if (!error.code.startsWith('set-up.')) return false;
    useSetUpStore.setState({ error });
    return true;
  }
}

export function closeSetUp(): void {
  useSetUpStore.setState({ view: null, error: null });
}
