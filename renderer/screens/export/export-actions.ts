import type { ExportView } from '../../../preload/contract/views.ts';
import { asClientError, call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { pageUncovered } from '../../components/page-uncovered.ts';
import { draftSaved, useDraftStore } from '../../stores/draft-store.ts';
import { toContract } from '../../stores/export-draft.ts';
import { askPermission, show } from '../../stores/ui-store.ts';

/** Stores the export being edited. Sends nothing. Needs a name and a connection, else rejects as main would. */
export async function saveDraft(): Promise<ExportView> {
  const { draft } = useDraftStore.getState();
  const connectionId = draft?.connectionId ?? null;
  if (draft === null || connectionId === null) throw new Error('There is no export that could be saved');
  const saved = await call('exports.save', toContract({ ...draft, connectionId }));
  adopt({ exports: [saved] });
  draftSaved(saved);
  return saved;
}

/**
 * Starts a run of a stored export and shows it. Before the first send to a list the agreement is asked for instead,
 * and this resolves: the dialog goes on from there.
 */
export async function startRun(exportId: string, agreedToMail: boolean): Promise<void> {
  try {
    const run = await call('exports.run', { exportId, ...(agreedToMail ? { agreedToMail: true } : {}) });
    adopt({ runs: [run] });
    askPermission(null);
    await pageUncovered();
    useDraftStore.setState({ draft: null, saved: null });
    show({ name: 'run', runId: run.runId });
  } catch (thrown) {
    const error = asClientError(thrown);
    if (agreedToMail || error.code !== 'export.permission-missing') throw error;
    askPermission(exportId);
  }
}

/** *Export now*: asks for the agreement where it is missing, else starts. */
export async function exportNow(view: ExportView): Promise<void> {
  if (view.list !== null && view.permission === null) askPermission(view.exportId);
  else await startRun(view.exportId, false);
}
