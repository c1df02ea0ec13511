import { useEffect, useRef, useState } from 'react';
import type { ReadingOverrides, SegmentView } from '../../../preload/contract/views.ts';
import { asClientError, type ClientError, call } from '../../bridge/client.ts';

export const isCorrected = ({ overrides }: SegmentView): boolean => Object.keys(overrides).length > 0;

/**
 * Has a segment's file read with other corrections; what becomes of it arrives as the segment's own view. Changes that
 * follow each other before it has arrived add up, and the newest counts.
 */
export function useCorrection(segment: SegmentView) {
  const { segmentId, overrides } = segment;
  const wished = useRef(overrides);
  const [error, setError] = useState<ClientError | null>(null);
  useEffect(() => {
    wished.current = overrides;
  }, [overrides]);
  const correct = async (change: (wished: ReadingOverrides) => ReadingOverrides): Promise<void> => {
    wished.current = change(wished.current);
    setError(null);
    try {
      await call('segments.correctReading', { segmentId, overrides: wished.current });
    } catch (thrown) {
      setError(asClientError(thrown));
    }
  };
  return {
    error,
    change: (part: ReadingOverrides): void => void correct((before) => ({ ...before, ...part })),
    /** Another sheet has its headings elsewhere. */
    changeSheet: (sheet: string): void => void correct(({ headerLine: _elsewhere, ...rest }) => ({ ...rest, sheet })),
    /** Takes every correction back, also for later files of the same source. */
    readByItself: (): void => void correct(() => ({})),
  };
}
