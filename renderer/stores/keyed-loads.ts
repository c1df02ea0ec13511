import { create } from 'zustand';
import { asClientError, type ClientError } from '../bridge/client.ts';

/** Something fetched from main, by what it is about. */
export interface Loaded<T> {
  /** What was fetched last; null until then. */
  readonly value: T | null;
  readonly pending: boolean;
  readonly error: ClientError | null;
  /** What the value hangs on: another stamp, another value. */
  readonly stamp: string;
}

/** A store of things that screens ask main for once and share. */
export function createLoads<T>(fetch: (key: string) => Promise<T>) {
  const useLoads = create<Readonly<Record<string, Loaded<T>>>>(() => ({}));

  const put = (key: string, loaded: Loaded<T>): void => useLoads.setState({ [key]: loaded });

  /** Fetches what is not there yet, is of an earlier stamp, or is wanted `anew`. */
  async function load(key: string, stamp: string, anew = false): Promise<void> {
    const known = useLoads.getState()[key];
    if (known !== undefined && known.stamp === stamp && !anew) return;
    put(key, { value: known?.stamp === stamp ? known.value : null, pending: true, error: null, stamp });
    const isNewest = (): boolean => useLoads.getState()[key]?.stamp === stamp;
    try {
      const value = await fetch(key);
      if (isNewest()) put(key, { value, pending: false, error: null, stamp });
    } catch (thrown) {
      if (isNewest()) put(key, { value: null, pending: false, error: asClientError(thrown), stamp });
    }
  }

  return { useLoads, load, put };
}
