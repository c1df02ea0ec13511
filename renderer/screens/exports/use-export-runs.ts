import { useCallback, useEffect, useMemo, useState } from 'react';
import type { CallOutput } from '../../../preload/contract/contract.ts';
import type { RunView } from '../../../preload/contract/views.ts';
import type { ClientError } from '../../bridge/client.ts';
import { call } from '../../bridge/client.ts';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { newestFirst } from '../../stores/run-order.ts';

/** Runs asked for at first: 60 days, which a trend over 30 days compares, at eight a day. */
const firstLimit = 500;

export interface ExportRuns {
  /** The newest first, as main tells them by now. */
  readonly runs: readonly RunView[];
  /** How many there are that are not among `runs`. */
  readonly left: number;
  readonly showMore: () => void;
  readonly error: ClientError | null;
  readonly retry: () => void;
}

/** All runs of an export: the mirror knows only the newest of all exports together. */
export function useExportRuns(exportId: string): ExportRuns {
  const [told, setTold] = useState<CallOutput<'runs.getOfExport'>>({ runs: [], total: 0 });
  const [limit, setLimit] = useState(firstLimit);
  const ask = useAction(async () => setTold(await call('runs.getOfExport', { exportId, limit })));
  const { run } = ask;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when more are wanted
  useEffect(() => void run(), [run, limit]);
  const live = useMirror((mirror) => mirror.runs);
  const runs = useMemo(() => {
    const own = Object.entries(live).filter(([, view]) => view.exportId === exportId);
    const earlier = told.runs.map((view) => [view.runId, view] as const);
    return newestFirst(Object.fromEntries([...earlier, ...own]));
  }, [told, live, exportId]);
  const showMore = useCallback(() => setLimit((now) => Math.min(2_000, now + firstLimit)), []);
  return {
    runs,
    left: Math.max(0, Math.min(told.total, 2_000) - runs.length),
    showMore,
    error: ask.error,
    retry: () => void run(),
  };
}
