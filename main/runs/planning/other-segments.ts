import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fieldMap } from '../../../preload/contract/views.ts';
import type { SegmentSource } from '../../exports/prepared-rows.ts';

const stored = z.array(z.strictObject({ segmentId: z.string(), stageFileName: z.string(), fieldMap }));
export type OtherSegment = z.infer<typeof stored>[number];

const fileOf = (runFolder: string): string => path.join(runFolder, 'other-exports.json');

/** Notes in a run's folder which frozen stages are of other exports to the same list. */
export async function noteOtherSegments(runFolder: string, segments: readonly OtherSegment[]): Promise<void> {
  if (segments.length > 0) await writeFile(fileOf(runFolder), JSON.stringify(segments), { mode: 0o600 });
}

/** The segments of other exports to the same list, as they were frozen for a run. */
export async function otherSegments(runFolder: string): Promise<SegmentSource[]> {
  const text = await readFile(fileOf(runFolder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  return stored.parse(JSON.parse(text)).map(({ segmentId, stageFileName, fieldMap }) => ({
    segmentId,
    stageFile: path.join(runFolder, stageFileName),
    fieldMap,
  }));
}
