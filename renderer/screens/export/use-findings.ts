import { useEffect, useState } from 'react';
import type { FindingView, SegmentMatching } from '../../../preload/contract/views.ts';
import { asClientError, type ClientError, call } from '../../bridge/client.ts';

export interface Findings {
  /** Those of an earlier matching while `pending`; null before the first. */
  readonly findings: readonly FindingView[] | null;
  readonly pending: boolean;
  readonly error: ClientError | null;
}

const nothing: Findings = { findings: null, pending: false, error: null };

/**
 * Everything the checks find in `segments`. Looked for when their counts are there (`counted`), so that those never wait
 * for it; ended by main when newer counts are wanted.
 */
export function useFindings(
  segments: readonly SegmentMatching[],
  counted: boolean,
): Findings & { readonly again: () => void } {
  const [found, setFound] = useState<Findings>(nothing);
  const [attempt, setAttempt] = useState(0);
  const wanted = JSON.stringify(segments);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is there to look for the same again
  useEffect(() => {
    const matchings = JSON.parse(wanted) as SegmentMatching[];
    if (matchings.length === 0) {
      setFound(nothing);
      return;
    }
    setFound((previous) => ({ ...previous, pending: true, error: null }));
    if (!counted) return;
    let stale = false;
    call('exports.findings', { segments: matchings }).then(
      ({ findings }) => {
        if (!stale) setFound({ findings, pending: false, error: null });
      },
      (thrown: unknown) => {
        if (stale) return;
        const error = asClientError(thrown);
        if (error.code === 'cancelled') setAttempt((count) => count + 1);
        else setFound({ findings: null, pending: false, error });
      },
    );
    return () => {
      stale = true;
    };
  }, [wanted, counted, attempt]);

  return { ...found, again: () => setAttempt((count) => count + 1) };
}
