import { useEffect, useState } from 'react';
import type { CheckView, SegmentMatching } from '../../../preload/contract/views.ts';
import { asClientError, type ClientError, call } from '../../bridge/client.ts';

/** Changes that follow each other faster than this are checked once, at the end. */
const settleMs = 150;
const previewRows = 25;

export interface Check {
  /** The last finished check; of an earlier matching while `pending`. */
  readonly view: CheckView | null;
  readonly pending: boolean;
  readonly error: ClientError | null;
}

const nothing: Check = { view: null, pending: false, error: null };

/** Counts over the whole of `segments`, and the first rows as finished contacts; follows every change. */
export function useCheck(segments: readonly SegmentMatching[]): Check & { readonly again: () => void } {
  const [check, setCheck] = useState<Check>(nothing);
  const [attempt, setAttempt] = useState(0);
  const wanted = JSON.stringify(segments);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is there to check the same again
  useEffect(() => {
    const matchings = JSON.parse(wanted) as SegmentMatching[];
    if (matchings.length === 0) {
      setCheck(nothing);
      return;
    }
    let stale = false;
    setCheck((previous) => ({ ...previous, pending: true, error: null }));
    const timer = setTimeout(() => {
      call('exports.check', { segments: matchings, previewRows }).then(
        (view) => {
          if (!stale) setCheck({ view, pending: false, error: null });
        },
        (thrown: unknown) => {
          if (stale) return;
          const error = asClientError(thrown);
          // Ended by a check that was not ours: this one is still wanted.
          if (error.code === 'cancelled') setAttempt((count) => count + 1);
          else setCheck({ view: null, pending: false, error });
        },
      );
    }, settleMs);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [wanted, attempt]);

  return { ...check, again: () => setAttempt((count) => count + 1) };
}
