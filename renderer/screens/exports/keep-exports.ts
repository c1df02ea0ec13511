import type { ExportView } from '../../../preload/contract/views.ts';
import { asClientError, type ClientError, call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { openExport } from '../../stores/draft-store.ts';
import { currentMirror } from '../../stores/mirror-store.ts';
import { notify } from '../../stores/ui-store.ts';
import { freeName } from '../connection-wizard/free-name.ts';

/** Characters that an export's name may have. */
const longestName = 255;

const firstName = (views: readonly ExportView[]): string => views[0]?.name ?? '';

/** Does `act` to each of them. Rejects with what the first said that refused, once all others are done and told. */
async function toEach(
  views: readonly ExportView[],
  act: (exportId: string) => Promise<unknown>,
  tell: (done: readonly ExportView[]) => void,
): Promise<void> {
  const done: ExportView[] = [];
  const refusals: unknown[] = [];
  for (const view of views) {
    await act(view.exportId).then(
      () => done.push(view),
      (thrown: unknown) => refusals.push(thrown),
    );
  }
  if (done.length > 0) tell(done);
  if (refusals.length > 0) throw refusals[0];
}

/** Removes exports, and offers to take that back. Rejects when one of them cannot be removed. */
export const removeExports = (views: readonly ExportView[]): Promise<void> =>
  toEach(
    views,
    (exportId) => call('exports.remove', { exportId }),
    (removed) =>
      notify(
        'exports.removed',
        { name: firstName(removed), count: removed.length },
        { label: 'exports.remove.undo', act: () => void restoreExports(removed) },
      ),
  );

/** Takes a removal back. What cannot come back any more is left out of what is told. */
async function restoreExports(views: readonly ExportView[]): Promise<void> {
  const restored: ExportView[] = [];
  for (const { exportId } of views) {
    const view = await call('exports.restore', { exportId }).catch(() => null);
    if (view !== null) restored.push(view);
  }
  adopt({ exports: restored });
  notify('exports.restored', { name: firstName(restored), count: restored.length });
}

/** Takes the connection away from exports; everything else stays. Rejects when one of them has to keep it. */
export const detachExports = (views: readonly ExportView[]): Promise<void> =>
  toEach(
    views.filter(({ connectionId }) => connectionId !== null),
    (exportId) => call('exports.detach', { exportId }),
    (detached) => notify('exports.detached', { name: firstName(detached), count: detached.length }),
  );

/** Makes the same export once more and opens it, to be adapted. */
export async function duplicateExport(view: ExportView, proposedName: string): Promise<void> {
  const taken = currentMirror().exports.map(({ name }) => name);
  const copy = await call('exports.duplicate', {
    exportId: view.exportId,
    name: freeName(proposedName, taken, longestName),
  });
  adopt({ exports: [copy] });
  openExport(copy);
  notify('exports.duplicated', { name: view.name, copy: copy.name });
}

/**
 * Starts a run of each, one after another. What has to be asked first (the agreement of its list, a guard) is not started:
 * the first such error comes back with its export.
 */
export async function runExports(
  views: readonly ExportView[],
): Promise<{ readonly view: ExportView; readonly error: ClientError } | null> {
  let failed: { readonly view: ExportView; readonly error: ClientError } | null = null;
  let started = 0;
  for (const view of views) {
    try {
      adopt({ runs: [await call('exports.run', { exportId: view.exportId })] });
      started += 1;
    } catch (thrown) {
      failed ??= { view, error: asClientError(thrown) };
    }
  }
  if (started > 0) notify('exports.started', { count: started });
  return failed;
}
