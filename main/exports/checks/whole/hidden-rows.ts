import path from 'node:path';
import type { FindingView } from '../../../../preload/contract/views.ts';
import { readStageManifest } from '../../../segments/stage.ts';
import type { WholeCheck } from '../whole-checks.ts';

/** Rows that a workbook hides and that are sent all the same. */
export const hiddenRows: WholeCheck = async (_db, segments) => {
  let count = 0;
  let file = '';
  for (const { stageFile } of segments) {
    const manifest = await readStageManifest(path.dirname(stageFile));
    for (const part of manifest?.files ?? []) {
      count += part.hiddenRows ?? 0;
      if (file === '' && (part.hiddenRows ?? 0) > 0) file = part.name;
    }
  }
  if (count === 0) return [];
  const finding: FindingView = {
    kind: 'rows-hidden',
    field: null,
    effect: 'warning',
    count,
    repairable: 0,
    repaired: 0,
    repair: 'none',
    repairChosen: false,
    examples: [],
    params: { file },
  };
  return [finding];
};
