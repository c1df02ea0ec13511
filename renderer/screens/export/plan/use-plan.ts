import { useEffect } from 'react';
import { useDraftStore } from '../../../stores/draft-store.ts';
import { type EditedExport, isChanged, problemsOf } from '../../../stores/export-draft.ts';
import { useMirror } from '../../../stores/mirror-store.ts';
import { dropPlan, makePlan, noteStep, planBasis } from '../../../stores/plan-store.ts';
import { isActive } from '../../../stores/run-order.ts';

/** Changes that follow each other faster than this are planned once, at the end. */
const settleMs = 400;

/**
 * Keeps the plan of the export being edited: it is made by itself once the export is stored as it is shown, and again when
 * one of its files, or what was sent, has changed. Answers whether there is something stored to plan.
 */
export function usePlan(draft: EditedExport): { readonly stored: boolean } {
  const saved = useDraftStore((state) => state.saved);
  const segments = useMirror((mirror) => mirror.segments);
  const { exportId } = draft;
  const view = useMirror((mirror) => mirror.exports.find((candidate) => candidate.exportId === exportId));
  const running = useMirror((mirror) =>
    Object.values(mirror.runs).some((run) => run.exportId === exportId && isActive(run)),
  );
  const stored = exportId !== null && saved !== null && !isChanged(draft, saved);
  const ready = stored && !running && view !== undefined && problemsOf(draft, segments).length === 0;
  // Files and runs are watched too: the basis is made of them.
  const wanted = ready ? planBasis(exportId) : null;

  useEffect(() => {
    if (wanted === null || exportId === null) return;
    const timer = setTimeout(() => void makePlan(exportId), settleMs);
    return () => clearTimeout(timer);
  }, [wanted, exportId]);
  useEffect(() => window.segue.on('plan.changed', ({ value }) => noteStep(value.exportId, value.step)), []);
  useEffect(() => dropPlan, []);
  return { stored };
}
