import type { SegmentView } from '../../preload/contract/views.ts';
import type { Store } from '../store/open-store.ts';
import { findRunByShortId } from '../store/runs.ts';
import { runMark } from './rejected-rows-mark.ts';

/** The run whose rejected rows a segment with these headings holds, as its headings say; null for any other segment. */
export function mendsOf(store: Store, headings: readonly string[]): SegmentView['mends'] {
  const mark = runMark(headings);
  const run = mark === null ? undefined : findRunByShortId(store, mark.shortId);
  return run === undefined || run.rejected === 0
    ? null
    : { runId: run.runId, exportName: run.exportName, startedAt: run.startedAt };
}
