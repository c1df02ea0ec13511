import { useCallback, useEffect, useState } from 'react';
import type { ListView } from '../../../preload/contract/views.ts';
import { asClientError, type ClientError, call } from '../../bridge/client.ts';

interface Lists {
  readonly lists: readonly ListView[];
  readonly pending: boolean;
  readonly error: ClientError | null;
}

/** The lists of a connection's account, by name; read anew for each connection and on `again`. */
export function useLists(connectionId: string | null): Lists & { readonly again: () => void } {
  const [state, setState] = useState<Lists>({ lists: [], pending: false, error: null });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is there to ask again
  useEffect(() => {
    if (connectionId === null) {
      setState({ lists: [], pending: false, error: null });
      return;
    }
    let stale = false;
    setState({ lists: [], pending: true, error: null });
    call('lists.search', { connectionId }).then(
      (lists) => {
        if (!stale) setState({ lists, pending: false, error: null });
      },
      (thrown: unknown) => {
        if (!stale) setState({ lists: [], pending: false, error: asClientError(thrown) });
      },
    );
    return () => {
      stale = true;
    };
  }, [connectionId, attempt]);

  const again = useCallback(() => setAttempt((count) => count + 1), []);
  return { ...state, again };
}
