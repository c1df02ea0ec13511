import type { FindingView } from '../../../preload/contract/views.ts';
import type { DuckDb } from '../../segments/duckdb.ts';
import type { CheckedSegment } from '../check.ts';
import type { CheckMemory } from '../check-memory.ts';
import { duplicates } from './whole/duplicates.ts';
import { fileCut } from './whole/file-cut.ts';
import { hiddenRows } from './whole/hidden-rows.ts';

/**
 * A check that looks at segments as a whole: how they end, what several of them share. It answers finished findings,
 * and remembers what is dear to find out.
 */
export type WholeCheck = (
  db: DuckDb,
  segments: readonly CheckedSegment[],
  memory: CheckMemory,
) => Promise<readonly FindingView[]>;

export const wholeChecks: readonly WholeCheck[] = [duplicates, fileCut, hiddenRows];
