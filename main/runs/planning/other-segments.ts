import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fieldMap } from '../../../preload/contract/views.ts';
import type { SegmentSource } from '../../exports/prepared-rows.ts';
import type { OtherMirror } from './other-mirrors.ts';

const stored = z.strictObject({
  segments: z.array(
    z.strictObject({ segmentId: z.string(), stageFileName: z.string(), fieldMap, ofMirror: z.boolean() }),
  ),
  mirrors: z.array(z.strictObject({ exportId: z.string(), standing: z.string() })),
});
type Stored = z.infer<typeof stored>;
export type OtherSegment = Stored['segments'][number];

/** A segment of another export, and whether that is one of the {@link OtherExports.mirrors}. */
export interface OtherSource extends SegmentSource {
  readonly ofMirror: boolean;
}

/** Other exports to the same list: their segments, and the mirrors among them that want nobody beside theirs. */
export interface OtherExports {
  readonly segments: readonly OtherSource[];
  readonly mirrors: readonly OtherMirror[];
}

const fileOf = (runFolder: string): string => path.join(runFolder, 'other-exports.json');

/** Notes in a run's folder what is known of other exports to the same list, and which frozen stages are theirs. */
export async function noteOtherExports(runFolder: string, others: Stored): Promise<void> {
  if (others.segments.length > 0) await writeFile(fileOf(runFolder), JSON.stringify(others), { mode: 0o600 });
}

/** The other exports to the same list, as they stood when a run was prepared. */
export async function otherExports(runFolder: string): Promise<OtherExports> {
  const text = await readFile(fileOf(runFolder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{"segments":[],"mirrors":[]}';
    throw error;
  });
  const { segments, mirrors } = stored.parse(JSON.parse(text));
  return {
    segments: segments.map(({ stageFileName, ...segment }) => ({
      ...segment,
      stageFile: path.join(runFolder, stageFileName),
    })),
    mirrors,
  };
}
