import type { MendedView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { pageUncovered } from '../../components/page-uncovered.ts';
import { dropEmptyDraft, takeSegmentOut } from '../../stores/draft-store.ts';
import { mendedAnswered } from '../../stores/mended-store.ts';
import { notify, show, useUiStore } from '../../stores/ui-store.ts';

/** The file was no segment: it goes from the export being edited, and from the library where no export uses it. */
async function forget(segmentId: string): Promise<void> {
  mendedAnswered(segmentId);
  takeSegmentOut(segmentId);
  // It may be gone by now, or an export may want it: either way it is as it should be.
  await call('segments.remove', { segmentId }).catch(() => undefined);
}

/** Sends what is right, and shows the run; an export that is being edited is not left for it. */
export async function sendMended(segmentId: string, { runId, exportName, counts }: MendedView): Promise<void> {
  const run = await call('runs.sendMended', { runId, segmentId });
  adopt({ runs: [run] });
  await forget(segmentId);
  await pageUncovered();
  if (dropEmptyDraft()) show({ name: 'run', runId: run.runId });
  else notify('mended.sending', { count: counts.toSend, name: exportName });
}

/** Neither sends the file nor keeps it. */
export async function leaveMended(segmentId: string): Promise<void> {
  await forget(segmentId);
  await pageUncovered();
  if (dropEmptyDraft() && useUiStore.getState().view.name === 'export') show({ name: 'exports' });
}
