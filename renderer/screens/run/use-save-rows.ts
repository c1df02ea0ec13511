import { createElement, type ReactNode, useRef } from 'react';
import type { CallInput } from '../../../preload/contract/contract.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';
import { notify } from '../../stores/ui-store.ts';

export type WhichRows = Omit<CallInput<'runs.saveRows'>, 'runId'>;

/** Saving rows of a run as CSV where the person says; what went wrong comes back as a notice. */
export function useSaveRows(runId: string): {
  readonly pending: boolean;
  readonly notice: ReactNode;
  readonly run: (which: WhichRows) => Promise<void>;
} {
  const latest = useRef<WhichRows>({ outcome: null, fate: null, search: '' });
  const save = useAction(async () => {
    const { savedTo, rows } = await call('runs.saveRows', { runId, ...latest.current });
    if (savedTo !== null) notify('rows.saved', { count: rows, file: savedTo });
  });
  return {
    pending: save.pending,
    notice: createElement(ErrorNotice, { error: save.error, actions: { retry: () => void save.run() } }),
    run: async (which) => {
      latest.current = which;
      await save.run();
    },
  };
}
