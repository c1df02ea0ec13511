import { useCallback, useRef, useState } from 'react';
import { asClientError, type ClientError } from '../bridge/client.ts';

/**
 * An action with its pending state and its error. A second start while the first is under way does nothing; a call
 * that was given up (`cancelled`) is no error.
 */
export function useAction<A extends readonly unknown[]>(action: (...given: A) => Promise<void>) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ClientError | null>(null);
  const busy = useRef(false);
  const latest = useRef(action);
  latest.current = action;

  const run = useCallback(async (...given: A): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setPending(true);
    setError(null);
    try {
      await latest.current(...given);
    } catch (thrown) {
      const failure = asClientError(thrown);
      if (failure.code !== 'cancelled') setError(failure);
    } finally {
      busy.current = false;
      setPending(false);
    }
  }, []);
  const clear = useCallback(() => setError(null), []);
  return { run, pending, error, clear };
}
